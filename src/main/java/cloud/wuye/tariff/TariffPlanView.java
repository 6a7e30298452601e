package cloud.wuye.tariff;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A tariff plan as clients see it. */
@Type("TariffPlan")
@Description("What a unit of electricity or water costs; its versions say the prices.")
public record TariffPlanView(
        @Id @NonNull @Description("The id.") UUID id,
        @NonNull @Description("Its name.") String name,
        @NonNull @Description("What it prices.") Commodity commodity,
        @NonNull @Description("The unit of its quantities: kW.h or m3.") String unit,
        @NonNull @Description("Its currency.") String currency,
        @NonNull @Description("When it was made.") Instant createdAt,
        @Description("Counts changes; send it back with a change, which is refused with STALE if it is no longer true.")
                int version) {
    static final String COLUMNS = "id, name, commodity, currency, created_at, version";

    static TariffPlanView of(Row row) {
        Commodity commodity = Commodity.valueOf(row.getString("commodity"));
        return new TariffPlanView(
                row.getUUID("id"),
                row.getString("name"),
                commodity,
                commodity.unit(),
                row.getString("currency"),
                row.getOffsetDateTime("created_at").toInstant(),
                row.getInteger("version"));
    }
}
