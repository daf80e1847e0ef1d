console.log("hi", process.argv.slice(2), process.env.UV_THREADPOOL_SIZE);
