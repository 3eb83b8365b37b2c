"""Many certificates checked at once, for HR: a sheet of codes and staff numbers goes in, the same rows with an answer
come out, and after a day all of it is gone.

`columns` finds what a sheet holds, `reading` takes it in, `answering` asks the register in chunks, `carrying` does so
in a task, `workbook` writes the file.
"""
