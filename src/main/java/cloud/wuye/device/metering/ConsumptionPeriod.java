package cloud.wuye.device.metering;

import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import org.eclipse.microprofile.graphql.Description;

/** By what stretch of a company's calendar consumption is summed. */
@Description("By what stretch of the company's calendar consumption is summed.")
public enum ConsumptionPeriod {
    @Description("By the hour.")
    HOUR(ChronoUnit.HOURS, "consumption_by_hour", "hour", "hour"),
    @Description("By the day.")
    DAY(ChronoUnit.DAYS, "consumption_by_day", "day", "day::timestamp AT TIME ZONE $5"),
    @Description("By the month.")
    MONTH(ChronoUnit.MONTHS, "consumption_by_day", "day", "date_trunc('month', day::timestamp) AT TIME ZONE $5");

    private final ChronoUnit unit;
    private final String table;
    private final String column;
    private final String start;

    ConsumptionPeriod(ChronoUnit unit, String table, String column, String start) {
        this.unit = unit;
        this.table = table;
        this.column = column;
        this.start = start;
    }

    /** The beginning of the stretch that a day lies in. */
    ZonedDateTime first(LocalDate day, ZoneId zone) {
        return (this == MONTH ? day.withDayOfMonth(1) : day).atStartOfDay(zone);
    }

    /** The beginning of the next stretch. Days may have 23 or 25 hours. */
    ZonedDateTime next(ZonedDateTime start) {
        return start.plus(1, unit);
    }

    /**
     * Sums by stretch for the meters or service points of $1, the counter $2, from $3 to before $4 in the zone $5.
     *
     * @param of the column that says whose
     */
    String sums(String of) {
        boolean hours = this == HOUR;
        String bound = hours ? "%s" : "(%s AT TIME ZONE $5)::date";
        return "SELECT " + of + " AS owner, " + start
                + " AS start, sum(quantity) AS quantity, sum(covered_us)::bigint AS covered_us,"
                + " sum(readings)::int AS readings FROM " + table + " WHERE " + of + " = any($1) AND register = $2 AND "
                + column
                + " >= " + bound.formatted("$3::timestamptz") + " AND " + column + " < "
                + bound.formatted("$4::timestamptz")
                + " AND (covered_us > 0 OR readings > 0) AND $5::text IS NOT NULL GROUP BY 1, 2";
    }
}
