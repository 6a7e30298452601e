package cloud.wuye.device.metering;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A consumption series as clients see it. */
@Type("Consumption")
@Description("What was used over a span of the company's calendar, stretch by stretch without a gap.")
public record ConsumptionView(
        @NonNull @Description("What each point stands for.") ConsumptionPeriod by,
        @NonNull @Description("The zone of the company's calendar.") String zone,
        @NonNull @Description("The sum of the points, unknown ones left out; kWh or m³.") BigDecimal total,
        @NonNull @Description("The points in order of time.") List<@NonNull ConsumptionPointView> points) {

    static ConsumptionView of(ConsumptionPeriod by, String zone, List<ConsumptionPointView> points) {
        BigDecimal total = points.stream()
                .map(ConsumptionPointView::quantity)
                .filter(Objects::nonNull)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return new ConsumptionView(by, zone, total, points);
    }
}
