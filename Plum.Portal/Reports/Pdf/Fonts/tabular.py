"""Makes the tabular figures of a font its default ones, and names the instance. Usage: tabular.py SOURCE.ttf TARGET.ttf STYLE"""
import sys

from fontTools.ttLib import TTFont

source, target, style = sys.argv[1:4]
font = TTFont(source)
tables = font["GSUB"].table
tabular = {}
for feature in tables.FeatureList.FeatureRecord:
    if feature.FeatureTag == "tnum":
        for index in feature.Feature.LookupListIndex:
            for subtable in tables.LookupList.Lookup[index].SubTable:
                tabular.update(getattr(subtable, "ExtSubTable", subtable).mapping)
for cmap in font["cmap"].tables:
    for digit in range(0x30, 0x3A):
        if digit in cmap.cmap:
            cmap.cmap[digit] = tabular.get(cmap.cmap[digit], cmap.cmap[digit])
for name in font["name"].names:
    if name.nameID in (2, 17):
        name.string = style
    elif name.nameID == 4:
        name.string = f"Inter {style}"
    elif name.nameID == 6:
        name.string = f"Inter-{style}"
font["OS/2"].usWeightClass = 600 if style == "SemiBold" else 400
font.save(target)
