package cloud.wuye.device.imports;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** A report as a file for a spreadsheet: first the logins of the new devices, then the errors. */
final class ReportCsv {
    /** Without it Excel takes UTF-8 for something else. */
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private ReportCsv() {}

    static String of(ImportReport report) {
        StringBuilder text = new StringBuilder(BYTE_ORDER_MARK);
        try (CSVPrinter csv = CSVFormat.RFC4180.print(text)) {
            csv.printRecord("row", "result", "serial_no", "username", "password", "column", "code", "错误", "error");
            for (ImportReport.Login login : report.credentials()) {
                csv.printRecord(
                        login.row(),
                        "registered",
                        safe(login.serialNo()),
                        login.username(),
                        login.password(),
                        "",
                        "",
                        "",
                        "");
            }
            for (RowError error : report.errors()) {
                csv.printRecord(
                        error.row(),
                        "failed",
                        "",
                        "",
                        "",
                        error.column(),
                        error.code(),
                        safe(error.message().zh()),
                        safe(error.message().en()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A spreadsheet runs what begins like a formula; an apostrophe makes it text. */
    private static String safe(String value) {
        return value.isEmpty() || "=+-@\t\r".indexOf(value.charAt(0)) < 0 ? value : "'" + value;
    }
}
