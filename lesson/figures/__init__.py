"""The pictures of the lessons: `n04_data_sampling` holds those of notebook 4, and so on.

What several share stands in `style` and `viewer`, the map that opens every notebook in
`road`. A `plot_...` function takes data and returns a matplotlib figure with an alt text;
a `view_...` function returns a table of tokens and ids.
"""
