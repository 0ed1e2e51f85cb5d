"""Words of a told difference, in English and Chinese.

>>> WORDS["en"].keys() == WORDS["zh"].keys()
True
"""

__all__ = ["WORDS"]

_EN = {
    ": ": ": ", ", ": ", ", ". ": ". ", ".": ".",
    "no version": "no version", "nothing differs": "nothing differs.",
    "step": "Step: {step}", "asks for": ", so {least} or higher",
    "not enough": ", and the new one says {number}", "replaced by": ", replaced by {terms}",
    "more": " and {count} more",
    "breaking": "Breaking", "compatible": "Compatible", "editorial": "Editorial",
    "counted breaking": "breaking", "counted compatible": "compatible", "counted editorial": "editorial",
    "removed": "removed", "renamed": "renamed", "deprecated": "deprecated", "moved": "moved", "changed": "changed",
    "added": "added", "major": "major", "minor": "minor", "patch": "patch",
    "ontology": "ontology", "class": "class", "object property": "object property", "data property": "data property",
    "annotation property": "annotation property", "datatype": "datatype", "scheme": "scheme", "code": "code",
    "individual": "individual",
    "label": "label", "definition": "definition", "name": "alternative name", "deprecation": "deprecation",
    "axiom annotation": "annotation of an axiom", "type": "type", "parent": "parent", "inverse": "inverse",
    "chain": "property chain", "characteristic": "characteristic", "broader": "broader", "domain": "domain",
    "range": "range", "equivalent": "equivalent", "axiom": "axiom", "restriction": "restriction",
    "constraint": "constraint", "disjoint": "disjoint with",
    "used by queries": "queries", "used by rules": "rules", "used by shapes": "shapes",
    "used by alignments": "alignments", "used by data": "data files",
}  # fmt: skip
_ZH = {
    ": ": "：", ", ": "，", ". ": "。", ".": "。",
    "no version": "无版本号", "nothing differs": "没有差异。",
    "step": "变更级别：{step}", "asks for": "，版本号至少为 {least}",
    "not enough": "，而新版本写的是 {number}", "replaced by": "，由 {terms} 取代", "more": " 等，另有 {count} 项",
    "breaking": "不兼容的变更", "compatible": "兼容的变更", "editorial": "文字性变更",
    "counted breaking": "项不兼容变更", "counted compatible": "项兼容变更", "counted editorial": "项文字性变更",
    "removed": "删除", "renamed": "更名", "deprecated": "弃用", "moved": "移动", "changed": "变更",
    "added": "新增", "major": "主版本", "minor": "次版本", "patch": "修订",
    "ontology": "本体", "class": "类", "object property": "对象属性", "data property": "数据属性",
    "annotation property": "注释属性", "datatype": "数据类型", "scheme": "概念体系", "code": "代码",
    "individual": "个体",
    "label": "标签", "definition": "定义", "name": "别名", "deprecation": "弃用",
    "axiom annotation": "公理注释", "type": "类型", "parent": "上级", "inverse": "逆属性",
    "chain": "属性链", "characteristic": "属性特征", "broader": "上位概念", "domain": "定义域",
    "range": "值域", "equivalent": "等价", "axiom": "公理", "restriction": "限制",
    "constraint": "约束", "disjoint": "互斥于",
    "used by queries": "涉及查询", "used by rules": "涉及规则", "used by shapes": "涉及形状",
    "used by alignments": "涉及对齐文件", "used by data": "涉及数据文件",
}  # fmt: skip
WORDS: dict[str, dict[str, str]] = {"en": _EN, "zh": _ZH}
