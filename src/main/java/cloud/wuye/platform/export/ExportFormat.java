package cloud.wuye.platform.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** What sort of file an export is. */
public enum ExportFormat {
    /** UTF-8 with a byte order mark. */
    CSV("text/csv;charset=UTF-8", "csv"),
    /** Excel. */
    XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx");

    private final String mediaType;
    private final String extension;

    ExportFormat(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    String mediaType() {
        return mediaType;
    }

    String extension() {
        return extension;
    }

    <R> Sheet open(OutputStream out, ExportList<?, R> list, ExportLanguage language) throws IOException {
        List<String> headings = list.columns().stream()
                .map(column -> column.title().in(language))
                .toList();
        return this == CSV
                ? new CsvSheet(out, headings)
                : new XlsxSheet(
                        out,
                        list.title().in(language),
                        headings,
                        list.columns().stream().map(ExportColumn::kind).toList());
    }
}
