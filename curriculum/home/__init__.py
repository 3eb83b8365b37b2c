"""The first page and the menus of staff: what waits for whom, what she has begun, the help of her role.

`lists` reads what is shown, `boards` says to whom, `panels` and `views` show it, `menu` keeps what her role needs.
"""
