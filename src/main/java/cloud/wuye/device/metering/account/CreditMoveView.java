package cloud.wuye.device.metering.account;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A movement of credit, other than usage. */
@Type("CreditMove")
@Description("A movement of an account's credit other than usage. Amounts in the account's unit: yuan, or kWh and m³.")
public record CreditMoveView(
        @Id @NonNull @Description("The id.") UUID id,
        @Id @NonNull @Description("The service point.") UUID pointId,
        @Id @NonNull @Description("The meter that served it then.") UUID deviceId,
        @NonNull @Description("When.") Instant at,
        @NonNull @Description("Why.") CreditMoveKind kind,
        @NonNull @Description("How much; negative where credit was taken away.") BigDecimal amount,
        @NonNull @Description("Credit before it.") BigDecimal before,
        @NonNull @Description("Credit after it.") BigDecimal after,
        @NonNull @Description("What changed hands for it, in yuan.") BigDecimal money,
        @NonNull @Description("Who did it, by name.") String by,
        @Description("Why, in words.") String note) {
    static final String SELECT = "SELECT m.* FROM credit_move m";

    static CreditMoveView of(Row row) {
        return new CreditMoveView(
                row.getUUID("id"),
                row.getUUID("point_id"),
                row.getUUID("device_id"),
                row.getOffsetDateTime("at").toInstant(),
                CreditMoveKind.valueOf(row.getString("kind")),
                row.getBigDecimal("amount"),
                row.getBigDecimal("before"),
                row.getBigDecimal("after"),
                BigDecimal.valueOf(row.getLong("money_fen"), 2),
                row.getString("by_name"),
                row.getString("note"));
    }
}
