package cloud.wuye.device.metering.account;

import cloud.wuye.tariff.rating.PricePeriod;
import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A line of what was charged for usage. */
@Type("RatedUsageLine")
@Description("What was charged for a quantity at one price, and why that price. Lines that take one back are negative.")
public record RatedUsageLineView(
        @Id @NonNull @Description("The service point.") UUID pointId,
        @Id @NonNull @Description("The meter that counted it.") UUID deviceId,
        @NonNull @Description("The reading at which the interval begins.") Instant since,
        @NonNull @Description("The reading at which it ends.") Instant until,
        @NonNull @Description("The part of the interval.") Instant fromAt,
        @NonNull @Description("Where that part ends.") Instant toAt,
        @NonNull @Description("When it was charged.") Instant ratedAt,
        @Description("0: charged as it was read. Others correct: the higher, the later.") int revision,
        @Description("Its place among the lines of that reading and revision.") int no,
        @Description("Whether it takes back an earlier line.") boolean takenBack,
        @Id @NonNull @Description("The version of the tariff.") UUID versionId,
        @Description("The tier, from 1.") int tier,
        @NonNull @Description("The kind of hours.") PricePeriod period,
        @NonNull @Description("kWh or m³.") BigDecimal quantity,
        @NonNull @Description("What stood on the count of the tiers when it began.") BigDecimal usedBefore,
        @NonNull @Description("Yuan per unit.") BigDecimal energyPrice,
        @NonNull @Description("Yuan per unit.") BigDecimal servicePrice,
        @NonNull @Description("Yuan, 6 decimals.") BigDecimal energyAmount,
        @NonNull @Description("Yuan, 6 decimals.") BigDecimal serviceAmount) {
    static final String SELECT = "SELECT l.* FROM rated_line l";

    static RatedUsageLineView of(Row row) {
        return new RatedUsageLineView(
                row.getUUID("point_id"),
                row.getUUID("device_id"),
                row.getOffsetDateTime("since").toInstant(),
                row.getOffsetDateTime("until").toInstant(),
                row.getOffsetDateTime("from_at").toInstant(),
                row.getOffsetDateTime("to_at").toInstant(),
                row.getOffsetDateTime("rated_at").toInstant(),
                row.getInteger("revision"),
                row.getInteger("no"),
                row.getShort("sign") < 0,
                row.getUUID("version_id"),
                row.getShort("tier"),
                PricePeriod.valueOf(row.getString("period")),
                row.getBigDecimal("quantity"),
                row.getBigDecimal("used_before"),
                row.getBigDecimal("energy_price"),
                row.getBigDecimal("service_price"),
                row.getBigDecimal("energy_amount"),
                row.getBigDecimal("service_amount"));
    }
}
