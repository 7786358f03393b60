def export_html(root): return ""
