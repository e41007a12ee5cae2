"""The regulation of a centre as data: schema, the five presets, outline in words, difference of versions."""
