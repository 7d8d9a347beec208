"""The colours and the type sizes of all pictures."""

# Ink on paper, and on each tint, has a contrast of at least 4.5:1 (WCAG 2.1, level AA).
# Hues after Okabe and Ito, which the colour-blind can tell apart; a test checks the contrast.
INK = "#1a1a1a"
GREY = "#595959"
PAPER = "#ffffff"
BLUE = "#005a8e"
ORANGE = "#a84300"
GREEN = "#00664b"
PURPLE = "#7a3b69"
PALE_GREY = "#ececec"
PALE_BLUE = "#d3e9f8"
PALE_ORANGE = "#fde3cf"
PALE_GREEN = "#d2f0e4"
PALE_PURPLE = "#f3dcea"

BIG = 17
MEDIUM = 14
SMALL = 12
