/** The kinds of institutions the demonstration is made of: how they are called, how large they are, whom they employ. */

export interface UnitKind {
  /** What follows the place and the number in the name, e.g. 中学. */
  readonly noun: string;
  /** Whether the name counts (第103中学) or the number follows (公路站107号). */
  readonly style: "ordinal" | "suffix";
  readonly department: string;
  readonly nature: string;
  /** How many there are, relative to the others. */
  readonly frequency: number;
  /** Size relative to the others (median). */
  readonly size: number;
  /** Only directly under a city. */
  readonly cityOnly?: boolean;
  /** Weight of each trade. */
  readonly trades: Readonly<Record<string, number>>;
}

const kind = (
  noun: string,
  style: UnitKind["style"],
  department: string,
  nature: string,
  frequency: number,
  size: number,
  trades: Readonly<Record<string, number>>,
  cityOnly = false,
): UnitKind => ({ noun, style, department, nature, frequency, size, trades, cityOnly });

const administration = "机关";
const civil = "参公事业单位";
const welfare = "公益一类";
const mixed = "公益二类";
const other = "其他事业";

export const unitKinds: readonly UnitKind[] = [
  kind("机关事务服务中心", "suffix", "机关事务管理局", mixed, 8, 4.5, {
    汽车驾驶与管理: 50,
    烹饪: 12,
    行政事务: 10,
    电工: 6,
    酒店服务: 5,
    汽车修理: 5,
    水暖: 4,
    制冷: 3,
    收银审核: 2,
    讲解员: 1,
  }),
  kind("局机关后勤站", "suffix", "机关事务管理局", administration, 12, 0.7, {
    汽车驾驶与管理: 55,
    行政事务: 35,
    烹饪: 8,
    计算机信息处理: 5,
  }),
  kind("公务车辆调度中心", "suffix", "机关事务管理局", mixed, 7, 3.2, {
    汽车驾驶与管理: 85,
    汽车修理: 14,
    行政事务: 4,
  }),
  kind("中学", "ordinal", "教育局", welfare, 16, 0.8, {
    行政事务: 22,
    烹饪: 18,
    图书档案管理: 18,
    教学科研实验: 16,
    电工: 9,
    水暖: 6,
    汽车驾驶与管理: 8,
    计算机信息处理: 4,
  }),
  kind("小学", "ordinal", "教育局", welfare, 14, 0.45, {
    行政事务: 28,
    烹饪: 25,
    图书档案管理: 18,
    教学科研实验: 8,
    电工: 7,
    保育: 3,
  }),
  kind("幼儿园", "ordinal", "教育局", welfare, 6, 0.35, { 保育: 55, 烹饪: 28, 行政事务: 14 }),
  kind(
    "职业技术学院",
    "ordinal",
    "教育局",
    welfare,
    3,
    2.4,
    {
      教学科研实验: 18,
      烹饪: 16,
      图书档案管理: 12,
      电工: 12,
      水暖: 10,
      行政事务: 12,
      汽车驾驶与管理: 10,
      机械加工: 5,
      修理装配: 3,
    },
    true,
  ),
  kind("人民医院", "ordinal", "卫生健康委员会", mixed, 12, 2.8, {
    护理保健: 16,
    药剂: 15,
    收银审核: 16,
    医学检查: 8,
    卫生防疫: 4,
    汽车驾驶与管理: 12,
    电工: 10,
    水暖: 7,
    锅炉操作: 6,
    烹饪: 10,
    制冷: 4,
    行政事务: 9,
  }),
  kind("社区卫生服务中心", "ordinal", "卫生健康委员会", welfare, 8, 0.5, {
    护理保健: 28,
    药剂: 26,
    收银审核: 16,
    卫生防疫: 14,
    汽车驾驶与管理: 12,
    医学检查: 5,
  }),
  kind("疾病预防控制中心", "suffix", "卫生健康委员会", welfare, 4, 0.7, {
    卫生防疫: 45,
    医学检查: 18,
    汽车驾驶与管理: 22,
    行政事务: 8,
  }),
  kind("公路站", "suffix", "交通运输局", welfare, 14, 1.4, {
    公路养护: 62,
    汽车驾驶与管理: 20,
    修理装配: 6,
    汽车修理: 5,
    机械操作: 5,
  }),
  kind("航道站", "suffix", "交通运输局", welfare, 6, 1.1, {
    航闸技术: 35,
    航标工: 22,
    船艇技术: 30,
    潜水员: 3,
    汽车驾驶与管理: 5,
    电工: 4,
  }),
  kind("船闸管理所", "suffix", "交通运输局", welfare, 5, 1.2, {
    航闸技术: 66,
    电工: 10,
    船艇技术: 8,
    航标工: 6,
    潜水员: 3,
    行政事务: 5,
  }),
  kind("水利站", "suffix", "水利局", welfare, 14, 0.7, {
    泵站运行: 26,
    闸门运行: 28,
    堤灌维护: 18,
    防汛抢险: 12,
    水文勘测: 5,
    汽车驾驶与管理: 8,
  }),
  kind("闸管所", "suffix", "水利局", welfare, 6, 1.0, {
    闸门运行: 55,
    泵站运行: 22,
    电工: 9,
    堤灌维护: 6,
    汽车驾驶与管理: 5,
  }),
  kind("水文监测中心", "suffix", "水利局", welfare, 2, 0.7, { 水文勘测: 70, 船艇技术: 10, 汽车驾驶与管理: 14 }),
  kind("农业技术推广站", "suffix", "农业农村局", welfare, 12, 0.7, {
    农艺: 42,
    农机技术: 22,
    动物养殖: 12,
    水产养殖: 9,
    汽车驾驶与管理: 8,
  }),
  kind("畜牧兽医站", "suffix", "农业农村局", welfare, 6, 0.55, { 动物养殖: 72, 汽车驾驶与管理: 10, 行政事务: 6 }),
  kind("水产良种场", "suffix", "农业农村局", mixed, 3, 0.6, { 水产养殖: 70, 农艺: 6, 电工: 8, 船艇技术: 8 }),
  kind("园林管理处", "suffix", "住房和城乡建设局", mixed, 7, 1.4, {
    花卉园艺: 66,
    机械操作: 10,
    汽车驾驶与管理: 12,
    市政维护: 4,
    建筑技术: 4,
  }),
  kind("市政设施管理处", "suffix", "住房和城乡建设局", mixed, 6, 1.3, {
    市政维护: 46,
    机械操作: 18,
    建筑技术: 14,
    水处理工: 10,
    汽车驾驶与管理: 10,
  }),
  kind("水质净化中心", "suffix", "住房和城乡建设局", mixed, 3, 0.9, {
    水处理工: 66,
    电工: 16,
    修理装配: 8,
    汽车驾驶与管理: 5,
  }),
  kind("白蚁防治所", "suffix", "住房和城乡建设局", mixed, 4, 0.4, { 白蚁防治: 74, 汽车驾驶与管理: 12, 行政事务: 8 }),
  kind("档案馆", "suffix", "档案局", civil, 5, 0.4, {
    图书档案管理: 72,
    行政事务: 12,
    计算机信息处理: 10,
    汽车驾驶与管理: 8,
  }),
  kind("图书馆", "suffix", "文化广电和旅游局", welfare, 5, 0.6, {
    图书档案管理: 74,
    计算机信息处理: 10,
    电工: 6,
    行政事务: 6,
  }),
  kind("博物馆", "suffix", "文化广电和旅游局", welfare, 3, 0.5, {
    讲解员: 52,
    图书档案管理: 18,
    电工: 10,
    行政事务: 12,
  }),
  kind("文化馆", "suffix", "文化广电和旅游局", welfare, 4, 0.5, { 舞台技术: 58, 行政事务: 14, 电工: 12, 讲解员: 5 }),
  kind("体育场馆中心", "suffix", "体育局", mixed, 4, 0.6, { 体育场地工: 66, 电工: 12, 水暖: 8, 收银审核: 5 }),
  kind("广播电视台", "suffix", "文化广电和旅游局", mixed, 4, 1.0, {
    广电技术: 68,
    印刷技术: 6,
    汽车驾驶与管理: 14,
    电工: 6,
  }),
  kind("文印服务中心", "suffix", "机关事务管理局", mixed, 2, 0.4, { 印刷技术: 66, 计算机信息处理: 18, 行政事务: 12 }),
  kind("殡仪服务中心", "suffix", "民政局", mixed, 5, 0.7, { 殡葬服务: 70, 汽车驾驶与管理: 18, 花卉园艺: 4 }),
  kind("社会福利院", "suffix", "民政局", welfare, 4, 0.7, {
    护理保健: 50,
    烹饪: 16,
    保育: 8,
    汽车驾驶与管理: 10,
    行政事务: 8,
  }),
  kind(
    "地质大队",
    "ordinal",
    "自然资源和规划局",
    other,
    2,
    1.6,
    { 地质勘查: 58, 测绘员: 14, 汽车驾驶与管理: 14, 机械加工: 5, 修理装配: 5 },
    true,
  ),
  kind("测绘院", "ordinal", "自然资源和规划局", mixed, 3, 0.8, { 测绘员: 74, 汽车驾驶与管理: 12, 计算机信息处理: 8 }),
  kind("质量检测所", "suffix", "市场监督管理局", mixed, 4, 0.7, {
    质量检验: 46,
    计量检定: 32,
    锅炉操作: 8,
    汽车驾驶与管理: 12,
  }),
  kind(
    "天文观测站",
    "suffix",
    "科学技术局",
    welfare,
    1,
    0.5,
    { 光学冷加工: 64, 机械加工: 14, 电工: 10, 行政事务: 8 },
    true,
  ),
  kind(
    "电子技术研究所",
    "ordinal",
    "工业和信息化局",
    other,
    2,
    1.9,
    {
      电子设备制造: 26,
      电子机械加工: 24,
      器件工艺: 20,
      动力运维: 14,
      机械加工: 10,
      修理装配: 6,
    },
    true,
  ),
  kind(
    "机械研究所",
    "ordinal",
    "工业和信息化局",
    other,
    2,
    0.9,
    { 机械加工: 52, 修理装配: 26, 电工: 10, 动力运维: 5 },
    true,
  ),
  kind("接待中心", "suffix", "机关事务管理局", other, 5, 0.9, {
    酒店服务: 44,
    烹饪: 30,
    收银审核: 10,
    商品营销: 8,
    水暖: 5,
    制冷: 5,
  }),
  kind("粮油购销站", "suffix", "发展和改革委员会", other, 4, 0.5, {
    商品营销: 60,
    质量检验: 10,
    汽车驾驶与管理: 10,
    收银审核: 8,
  }),
  kind("信息中心", "suffix", "政务服务管理局", welfare, 5, 0.45, {
    计算机信息处理: 74,
    行政事务: 12,
    汽车驾驶与管理: 8,
  }),
  kind("热力供应站", "suffix", "住房和城乡建设局", mixed, 2, 0.7, { 锅炉操作: 58, 水暖: 22, 电工: 10, 制冷: 6 }),
];
