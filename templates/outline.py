"""What stands in a template: its paragraphs with their docxtpl tags, and the lists that number them."""

HANG = 709  # 1.25 cm, in twentieths of a point: where the text of a numbered paragraph begins
INNER = HANG + 425  # where the text of a sub-item begins
ANNEX_HANG = 1531  # leaves room for "Bijlage 10"

# (style, text) of the paragraphs of the document: the whole contract, in the order in which it is printed.
TAG = "Template Tag"
BODY = (
    ("Title", "{{ contract.title }}"),
    (TAG, "{%p if contract.subtitle %}"),
    ("Subtitle", "{{r contract.subtitle }}"),
    (TAG, "{%p endif %}"),
    (TAG, "{%p if contract.draft_sentence %}"),
    ("Draft Note", "{{ contract.draft_sentence }}"),
    (TAG, "{%p endif %}"),
    (TAG, "{%p for part in front %}"),
    (TAG, "{%p if part.title %}"),
    ("Front Heading", "{{r part.title }}"),
    (TAG, "{%p endif %}"),
    (TAG, "{%p for block in part.blocks %}"),
    (TAG, "{%p if block.kind == 'heading' %}"),
    ("Front Heading", "{{r block.text }}"),
    (TAG, "{%p elif block.kind == 'table' %}"),
    (TAG, "{{p block.table }}"),
    (TAG, "{%p elif block.kind == 'item' and part.id == 'recitals' %}"),
    ("Recital Item", "{{r block.text }}"),
    (TAG, "{%p elif block.kind == 'item' %}"),
    ("Party Item", "{{r block.text }}"),
    (TAG, "{%p elif part.id == 'recitals' %}"),
    ("Recital", "{{r block.text }}"),
    (TAG, "{%p else %}"),
    ("Party", "{{r block.text }}"),
    (TAG, "{%p endif %}"),
    (TAG, "{%p endfor %}"),
    (TAG, "{%p endfor %}"),
    (TAG, "{%p for article in articles %}"),
    ("heading 1", "{{r article.title }}"),
    (TAG, "{%p for block in article.blocks %}"),
    (TAG, "{%p if block.kind == 'item' %}"),
    ("Clause Item", "{{r block.text }}"),
    (TAG, "{%p elif block.kind == 'definition' %}"),
    ("Definition", "{{r block.text }}"),
    (TAG, "{%p elif block.kind == 'table' %}"),
    (TAG, "{{p block.table }}"),
    (TAG, "{%p else %}"),
    ("Clause", "{{r block.text }}"),
    (TAG, "{%p endif %}"),
    (TAG, "{%p endfor %}"),
    (TAG, "{%p endfor %}"),
    ("Closing Heading", "{{r closing.title }}"),
    (TAG, "{%p for block in closing.blocks %}"),
    (TAG, "{%p if block.kind == 'item' %}"),
    ("Closing Item", "{{r block.text }}"),
    (TAG, "{%p else %}"),
    ("Closing Text", "{{r block.text }}"),
    (TAG, "{%p endif %}"),
    (TAG, "{%p endfor %}"),
    (TAG, "{{p signatures }}"),
    (TAG, "{%p for annex in annexes %}"),
    ("Annex Heading", "{{r annex.title }}"),
    (TAG, "{%p for block in annex.blocks %}"),
    (TAG, "{%p if block.kind == 'heading' %}"),
    ("Annex Section", "{{r block.text }}"),
    (TAG, "{%p elif block.kind == 'item' %}"),
    ("Annex Item", "{{r block.text }}"),
    (TAG, "{%p elif block.kind == 'table' %}"),
    (TAG, "{{p block.table }}"),
    (TAG, "{%p else %}"),
    ("Annex Text", "{{r block.text }}"),
    (TAG, "{%p endif %}"),
    (TAG, "{%p endfor %}"),
    (TAG, "{%p endfor %}"),
)
HEADER_TITLE = "{{ contract.title }}"
HEADER_REFERENCE = "{% if contract.reference %}{{ labels.reference }} {{ contract.reference }}{% endif %}"
FOOTER_VERSION = "{{ labels.version }} {{ contract.version }}"

# Each list: its levels, as (style, number format, text of the number, where the number begins, where the text begins).
# Where the paragraph above sub-items has no number, it is a level without one, so that the next sub-items begin again.
LISTS = (
    (
        ("heading 1", "decimal", "%1.", 0, HANG),
        ("Clause", "decimal", "%1.%2", 0, HANG),
        ("Clause Item", "lowerLetter", "%3.", HANG, INNER),
    ),
    (("Recital", "upperLetter", "(%1)", 0, HANG), ("Recital Item", "lowerLetter", "%2.", HANG, INNER)),
    (("Party", "none", "", 0, 0), ("Party Item", "decimal", "%2.", 0, HANG)),
    (
        ("Annex Heading", "decimal", "{{ labels.annex }} %1", 0, ANNEX_HANG),
        ("Annex Section", "upperLetter", "%2.", 0, HANG),
    ),
    (("Annex Text", "none", "", 0, 0), ("Annex Item", "lowerLetter", "%2.", 0, 425)),
    (("Closing Text", "none", "", 0, 0), ("Closing Item", "lowerLetter", "%2.", 0, 425)),
)
