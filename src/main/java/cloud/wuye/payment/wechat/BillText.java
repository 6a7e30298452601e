package cloud.wuye.payment.wechat;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The text of a bill: a line of column names, lines of values with a back-tick before each, a line of names of totals and one
 * of totals. A value may hold a comma, so what parts two values is a comma with a back-tick.
 */
final class BillText {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);

    private final Map<String, Integer> columns = new HashMap<>();
    private final Iterator<String> rest;

    private BillText(Iterator<String> lines) {
        this.rest = lines;
        if (!rest.hasNext()) {
            throw new WeChatWords.Nonsense("an empty bill");
        }
        // A byte order mark may stand before the first name.
        List<String> names =
                Arrays.asList(rest.next().replace("\uFEFF", "").strip().split(","));
        for (int i = 0; i < names.size(); i++) {
            columns.put(plain(names.get(i)), i);
        }
    }

    /** A row of values, asked for by the names of their columns. */
    record Line(Map<String, Integer> columns, String[] values) {
        String text(String column) {
            Integer at = columns.get(plain(column));
            if (at == null || at >= values.length) {
                throw new WeChatWords.Nonsense("no column " + column + " in the bill");
            }
            return values[at].strip();
        }

        /** Null for an empty value; WeChat Pay writes 0 where there is no number to give. */
        String number(String column) {
            String text = text(column);
            return text.isEmpty() || text.equals("0") ? null : text;
        }

        long fen(String column) {
            try {
                return yuan(column).movePointRight(2).longValueExact();
            } catch (ArithmeticException e) {
                throw new WeChatWords.Nonsense("not whole fen in " + column);
            }
        }

        BigDecimal yuan(String column) {
            try {
                String text = text(column);
                return text.isEmpty() ? BigDecimal.ZERO : new BigDecimal(text);
            } catch (NumberFormatException e) {
                throw new WeChatWords.Nonsense("no amount in " + column);
            }
        }

        Instant time(String column) {
            try {
                return LocalDateTime.parse(text(column), TIME).toInstant(BEIJING);
            } catch (DateTimeException e) {
                throw new WeChatWords.Nonsense("no time in " + column);
            }
        }
    }

    /** The rows, and how many the bill says there are; asked for in one go, forwards. */
    static Stream<Line> rows(Stream<String> lines) {
        BillText bill = new BillText(lines.iterator());
        return Stream.generate(bill::next).takeWhile(line -> line != null);
    }

    private Line next() {
        String line = rest.hasNext() ? rest.next() : "";
        return line.startsWith("`") ? new Line(columns, values(line)) : null;
    }

    /** The number of rows that the totals at the end speak of, and the number that there are. */
    static void checkComplete(Stream<String> lines) {
        long rows = 0;
        Iterator<String> rest = lines.iterator();
        if (rest.hasNext()) {
            rest.next();
        }
        while (rest.hasNext()) {
            String line = rest.next();
            if (!line.startsWith("`")) {
                String totals = rest.hasNext() ? rest.next() : "";
                if (!totals.startsWith("`") || !values(totals)[0].strip().equals(String.valueOf(rows))) {
                    throw new WeChatWords.Nonsense("the bill's totals speak of another number of rows than " + rows);
                }
                return;
            }
            rows++;
        }
        throw new WeChatWords.Nonsense("a bill without totals");
    }

    // Brackets come wide and narrow.
    private static String plain(String name) {
        return name.strip().replace('（', '(').replace('）', ')');
    }

    private static String[] values(String line) {
        return line.substring(1).split(",`", -1);
    }
}
