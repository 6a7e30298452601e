package cloud.wuye.platform.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;

/** What people type must not run in whoever's spreadsheet opens it, and figures must not lose digits on the way. */
class DangerousTextsTest {
    private static final List<String> TEXTS = List.of(
            "=1+1",
            "=HYPERLINK(\"http://example.test\",\"x\")",
            "+1-800",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "\n=1",
            "＝1+1",
            "＋1",
            "－1",
            "＠x");
    private static final List<String> HARMLESS =
            List.of("a=1", " =1", "中文 <b>&amp;</b>", "'=1", "]]>", "007", "12345678901234567890");

    @Test
    void inCsvAnApostropheStandsBeforeWhatWouldRun() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CsvSheet sheet = new CsvSheet(out, List.of("text"));
        for (String text : TEXTS) {
            sheet.line(List.of(new Cell.Text(text)));
        }
        for (String text : HARMLESS) {
            sheet.line(List.of(new Cell.Text(text)));
        }
        sheet.finish();
        List<CSVRecord> lines = CSVFormat.RFC4180
                .parse(new StringReader(out.toString(StandardCharsets.UTF_8).substring(1)))
                .getRecords();
        for (int i = 0; i < TEXTS.size(); i++) {
            assertEquals("'" + TEXTS.get(i), lines.get(i + 1).get(0));
        }
        for (int i = 0; i < HARMLESS.size(); i++) {
            assertEquals(HARMLESS.get(i), lines.get(TEXTS.size() + i + 1).get(0));
        }
    }

    /** Read without the library that wrote it: a text is a text, whatever it looks like, and nothing is a formula. */
    @Test
    void inAWorkbookTheyAreTexts() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        XlsxSheet sheet = new XlsxSheet(out, "texts", List.of("text"), List.of(ColumnKind.TEXT));
        for (String text : TEXTS) {
            sheet.line(List.of(new Cell.Text(text)));
        }
        for (String text : HARMLESS) {
            sheet.line(List.of(new Cell.Text(text)));
        }
        sheet.finish();
        List<List<Object>> cells = OoxmlBook.cells(out.toByteArray());
        for (int i = 0; i < TEXTS.size(); i++) {
            // XML makes one line end of all.
            assertEquals(
                    TEXTS.get(i).replace('\r', '\n'), ((String) cells.get(i + 1).get(0)).replace('\r', '\n'));
        }
        for (int i = 0; i < HARMLESS.size(); i++) {
            assertEquals(HARMLESS.get(i), cells.get(TEXTS.size() + i + 1).get(0));
        }
    }

    @Test
    void figuresAndTimesOfAWorkbookAreExact() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        XlsxSheet sheet = new XlsxSheet(
                out,
                "figures",
                List.of("figure", "at", "day"),
                List.of(ColumnKind.DECIMAL, ColumnKind.INSTANT, ColumnKind.DATE));
        LocalDateTime at = LocalDateTime.of(2024, 7, 6, 15, 22, 47);
        List<String> figures = List.of(
                "0",
                "-1.50",
                "0.000001",
                "999999999999.999",
                "123456789012345",
                "1234567890123456",
                "0.1234567890123456");
        for (String figure : figures) {
            sheet.line(List.of(
                    new Cell.Figure(new BigDecimal(figure), 0, 18),
                    new Cell.Moment(at),
                    new Cell.Day(LocalDate.of(2024, 2, 29))));
        }
        sheet.finish();
        List<List<Object>> cells = OoxmlBook.cells(out.toByteArray());
        for (int i = 0; i < figures.size(); i++) {
            List<Object> line = cells.get(i + 1);
            assertEquals(
                    0,
                    new BigDecimal(figures.get(i))
                            .compareTo(new BigDecimal(line.get(0).toString())));
            assertEquals(at, line.get(1));
            assertEquals(LocalDate.of(2024, 2, 29).atStartOfDay(), line.get(2));
        }
        // What Excel would round is a text.
        assertInstanceOf(BigDecimal.class, cells.get(5).get(0));
        assertEquals("1234567890123456", cells.get(6).get(0));
        assertEquals("0.1234567890123456", cells.get(7).get(0));
        assertTrue(cells.get(0).contains("figure"));
    }
}
