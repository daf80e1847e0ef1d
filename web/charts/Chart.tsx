import { type JSX, useEffect, useRef } from "react";
import { isStill } from "../motion.ts";
import { createChart, type ECharts, type EChartsOption } from "./echarts.ts";

export interface ChartProps {
  readonly option: EChartsOption;
  /** Says what the picture shows; the table beside a chart holds the numbers. */
  readonly label: string;
  readonly height: number;
  /** Index of the bar or point that was clicked, on itself or on its axis label. */
  readonly onSelect?: (index: number) => void;
  readonly testId?: string;
}

const indexOf = (event: { componentType?: string; dataIndex?: number; tickIndex?: number }): number | undefined =>
  event.componentType === "yAxis" || event.componentType === "xAxis" ? event.tickIndex : event.dataIndex;

/** One ECharts picture: follows its box and its option, has a name for screen readers. */
export function Chart({ option, label, height, onSelect, testId }: ChartProps): JSX.Element {
  const box = useRef<HTMLDivElement>(null);
  const chart = useRef<ECharts | null>(null);
  const select = useRef(onSelect);
  select.current = onSelect;

  useEffect(() => {
    const element = box.current;
    if (!element) return;
    const made = createChart(element);
    chart.current = made;
    made.on("click", (event) => {
      const index = indexOf(event as Parameters<typeof indexOf>[0]);
      if (index !== undefined) select.current?.(index);
    });
    const observer = new ResizeObserver(() => made.resize());
    observer.observe(element);
    return () => {
      observer.disconnect();
      made.dispose();
      chart.current = null;
    };
  }, []);

  useEffect(() => {
    chart.current?.setOption(
      { animation: !isStill(), aria: { enabled: true, label: { enabled: false } }, ...option },
      true,
    );
  }, [option]);

  return <div ref={box} role="img" aria-label={label} className="chart" style={{ height }} data-testid={testId} />;
}
