package cloud.wuye.tariff.rating;

import org.eclipse.microprofile.graphql.Description;

/** What sort of day a price table is for. */
@Description("What sort of day a price table is for.")
public enum DayKind {
    @Description("Monday to Friday that is no holiday, and make-up working days.")
    WEEKDAY,
    @Description("Saturday or Sunday that is neither a holiday nor worked.")
    WEEKEND,
    @Description("A day off by the holiday calendar, whatever its weekday.")
    HOLIDAY
}
