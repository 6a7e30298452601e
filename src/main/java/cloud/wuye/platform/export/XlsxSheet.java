package cloud.wuye.platform.export;

import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * An Excel workbook of one sheet with its heading frozen. Numbers are numbers and times are times; texts stand inline, so that
 * no table of all texts grows in memory, and are never formulas.
 */
final class XlsxSheet implements Sheet {
    private static final String MOMENT = "yyyy-mm-dd hh:mm:ss";
    private static final String DAY = "yyyy-mm-dd";

    /** Excel keeps numbers in 15 digits; what has more stays exact as text. */
    private static final int DIGITS = 15;

    /** Excel's own limit of a cell. */
    private static final int LONGEST = 32_767;

    private static final int LONGEST_NAME = 31;
    private static final int WIDE = 2;

    private final Workbook book;
    private final Worksheet sheet;
    private int row;

    XlsxSheet(OutputStream out, String name, List<String> headings, List<ColumnKind> kinds) {
        book = new Workbook(out, "Wuye Cloud", "1.0");
        sheet = book.newWorksheet(name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name);
        sheet.freezePane(0, 1);
        for (int i = 0; i < headings.size(); i++) {
            String heading = headings.get(i);
            sheet.width(i, Math.max(kinds.get(i).width(), WIDE * heading.length() + WIDE));
            sheet.inlineString(0, i, heading);
            sheet.style(0, i).bold().set();
        }
        row = 1;
    }

    @Override
    public void line(List<Cell> cells) {
        for (int i = 0; i < cells.size(); i++) {
            write(i, cells.get(i));
        }
        row++;
    }

    @Override
    public void flush() throws IOException {
        sheet.flush();
    }

    @Override
    public void finish() throws IOException {
        book.finish();
    }

    private void write(int column, Cell cell) {
        if (cell instanceof Cell.Figure figure) {
            write(column, figure);
        } else if (cell instanceof Cell.Moment moment) {
            sheet.value(row, column, moment.at());
            sheet.style(row, column).format(MOMENT).set();
        } else if (cell instanceof Cell.Day day) {
            sheet.value(row, column, day.day());
            sheet.style(row, column).format(DAY).set();
        } else if (cell != Cell.BLANK) {
            sheet.inlineString(row, column, printable(((Cell.Text) cell).text()));
        }
    }

    private void write(int column, Cell.Figure figure) {
        BigDecimal value = figure.value();
        if (value.stripTrailingZeros().precision() > DIGITS) {
            sheet.inlineString(row, column, value.toPlainString());
            return;
        }
        sheet.value(row, column, value);
        sheet.style(row, column).format(format(figure)).set();
    }

    /** With fixed decimals those; else as many as there are: a pattern with optional ones would leave a bare point. */
    private static String format(Cell.Figure figure) {
        return figure.least() == 0 ? figure.most() == 0 ? "0" : "General" : "0." + "0".repeat(figure.least());
    }

    /** What XML cannot hold would make the whole file unreadable. */
    private static String printable(String text) {
        StringBuilder kept = new StringBuilder(Math.min(text.length(), LONGEST));
        text.codePoints().filter(XlsxSheet::isXml).forEach(point -> {
            if (kept.length() + Character.charCount(point) <= LONGEST) {
                kept.appendCodePoint(point);
            }
        });
        return kept.toString();
    }

    private static boolean isXml(int point) {
        return point == '\t'
                || point == '\n'
                || point == '\r'
                || point >= 0x20 && point <= 0xD7FF
                || point >= 0xE000 && point <= 0xFFFD
                || point >= 0x10000;
    }
}
