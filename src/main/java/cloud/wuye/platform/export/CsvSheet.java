package cloud.wuye.platform.export;

import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** CSV by RFC 4180, in UTF-8. */
final class CsvSheet implements Sheet {
    /** Without it Excel takes UTF-8 for something else. */
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss");

    /** What a spreadsheet takes for the beginning of a formula; the wide ones in Chinese and Japanese versions. */
    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

    private final CSVPrinter printer;

    CsvSheet(OutputStream out, List<String> headings) throws IOException {
        OutputStreamWriter writer = new OutputStreamWriter(out, StandardCharsets.UTF_8);
        writer.write(BYTE_ORDER_MARK);
        this.printer = CSVFormat.RFC4180.print(writer);
        printer.printRecord(headings);
    }

    @Override
    public void line(List<Cell> cells) throws IOException {
        List<String> texts = new ArrayList<>(cells.size());
        cells.forEach(cell -> texts.add(text(cell)));
        printer.printRecord(texts);
    }

    @Override
    public void flush() throws IOException {
        printer.flush();
    }

    @Override
    public void finish() throws IOException {
        printer.flush();
    }

    private static String text(Cell cell) {
        if (cell instanceof Cell.Figure figure) {
            return number(figure).toPlainString();
        }
        if (cell instanceof Cell.Moment moment) {
            return MOMENT.format(moment.at());
        }
        if (cell instanceof Cell.Day day) {
            return day.day().toString();
        }
        return safe(((Cell.Text) cell).text());
    }

    private static BigDecimal number(Cell.Figure figure) {
        BigDecimal shortest = figure.value().stripTrailingZeros();
        return shortest.scale() < figure.least()
                ? shortest.setScale(figure.least(), RoundingMode.UNNECESSARY)
                : shortest;
    }

    /** A spreadsheet runs what begins like a formula; an apostrophe makes it text. */
    private static String safe(String text) {
        return text.isEmpty() || FORMULA.indexOf(text.charAt(0)) < 0 ? text : "'" + text;
    }
}
