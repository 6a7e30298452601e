package cloud.wuye.platform.graphql;

import graphql.language.EnumValue;
import graphql.language.StringValue;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;

/** How many points a series has that is asked for {@code by} the hour, day or month, {@code from} one day {@code to} another. */
final class Series {
    /** For what cannot be read: the field itself will refuse it. */
    private static final long UNREADABLE = 10;

    private static final int HOURS_A_DAY = 24;

    private Series() {}

    static long points(Object by, Object from, Object to) {
        try {
            LocalDate first = LocalDate.parse(text(from));
            LocalDate end = LocalDate.parse(text(to));
            long days = Math.max(0, ChronoUnit.DAYS.between(first, end));
            return switch (text(by)) {
                case "HOUR" -> days * HOURS_A_DAY;
                case "MONTH" -> days == 0 ? 0 : ChronoUnit.MONTHS.between(first, end) + 1;
                default -> days;
            };
        } catch (DateTimeException e) {
            return UNREADABLE;
        }
    }

    private static String text(Object value) {
        if (value instanceof StringValue literal) {
            return literal.getValue();
        }
        return value instanceof EnumValue literal ? literal.getName() : String.valueOf(value);
    }
}
