package cloud.wuye.tariff.rating;

import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;

/** The hours of some kinds of day. */
@Description("The hours of some kinds of day: together they must cover each minute of the day once.")
public record DayTable(
        @NonNull @Description("The kinds of day that it is for.") List<@NonNull DayKind> kinds,
        @NonNull @Description("The hours.") List<@NonNull HourRange> hours) {}
