/** One small complete rulebook without any fault, for tests that spoil one thing of it. */
export const smallBook = `id: meishan-2024
title: { zh: 眉山市2024年考核, en: Meishan 2024 }
document: 眉人社〔2024〕1号

lists:
  schools: [college, bachelor]

conditions:
  on-post: { cite: 一, value: { fact: onPost, is: true } }
  level: { cite: 二, level: { is: justBelow } }
  education: { cite: 三, value: { fact: education, in: schools } }
  service:
    cite: 四
    elapsed: { from: workStartedOn, count: day, through: window.to, atLeast: 3 }
  appraisals:
    cite: 五
    years: { of: [{ fact: appraisals, in: [excellent, qualified] }], from: -2, through: -1, every: true }
  honour:
    cite: 六
    items: { fact: honours, where: { kind: [modelWorker], rank: { atLeast: municipal } } }
  in-service: { cite: 七, retirement: { after: cutOff } }
  review-failed: { cite: 八, years: { of: [{ fact: failedReviewYears }], from: -9, through: -1, atLeast: 1 } }
  praised: { cite: 九, items: { fact: honours, where: { kind: [commendation] } } }

levels:
  junior:
    window: { from: Y-03-01, to: Y-03-31, cite: 十 }
    cutOff: Y-12
    conditions: [on-post, level, education, service, appraisals, in-service]
    selectionExemption: review-failed
    remarks: [praised]
    pathways:
      - { id: normal, module: normal, label: { zh: 正常, en: normal } }
      - { id: honoured, module: exceptional, label: { zh: 破格, en: honoured }, door: honour, waive: [education] }

quota:
  level: junior
  cite: 十一
  bands:
    - { from: 10, places: 2 }
    - { from: 1, places: 1 }
  cases:
    - { technicians: 10, places: 2 }

people:
  junior:
    sex: male
    birthDate: 1990-05-01
    onPost: true
    level: none
    education: college
    workStartedOn: 2015-07-01
    appraisals: { 2022: qualified, 2023: excellent }
    honours: []

cases:
  - { name: all there, level: junior, expect: { decision: eligible } }
  - { name: not on post, level: junior, facts: { onPost: false }, expect: { decision: ineligible, blocking: [on-post] } }
  - name: honoured without schooling
    level: junior
    facts: { education: primary, honours: [{ kind: modelWorker, rank: municipal }] }
    expect: { decision: eligible, modules: [exceptional], pathways: { normal: unmet }, conditions: { honoured: { education: waived } } }
`;
