"""Terms and abbreviations: those of the volume's lists, and the Department's words of telegrams.

`wordings` makes an index of the ways in which a text may write an entry; `letter_case` says whether the letters agree;
`mentions` finds them; `choosing` says which entry is meant where several are written alike. The words of
telegrams stand in `tei_edition.telegraphic`, as encoding needs them, too.
"""
