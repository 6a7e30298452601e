package cloud.wuye.device.metering.account;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * Credit that was moved, once for each fact. Amounts in the account's unit.
 *
 * @param before credit before it
 * @param after credit after it
 * @param moneyFen what changed hands for it, in fen
 * @param fresh false: this fact had moved credit before, and nothing was done
 */
public record CreditMove(
        UUID id,
        UUID pointId,
        UUID deviceId,
        CreditMoveKind kind,
        BigDecimal amount,
        BigDecimal before,
        BigDecimal after,
        long moneyFen,
        Instant at,
        boolean fresh) {
    static CreditMove of(Row row, boolean fresh) {
        return new CreditMove(
                row.getUUID("id"),
                row.getUUID("point_id"),
                row.getUUID("device_id"),
                CreditMoveKind.valueOf(row.getString("kind")),
                row.getBigDecimal("amount"),
                row.getBigDecimal("before"),
                row.getBigDecimal("after"),
                row.getLong("money_fen"),
                row.getOffsetDateTime("at").toInstant(),
                fresh);
    }
}
