package cloud.wuye.device.metering.credit;

import static cloud.wuye.platform.db.Columns.instant;

import io.vertx.mutiny.sqlclient.Row;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** One clearing of a meter's credit, as clients see it. */
@Type("MeterClearRecord")
@Description("清零记录: one clearing of a meter's credit. Credit in the account's unit.")
public record MeterClearView(
        @Id @NonNull @Description("The id.") UUID id,
        @Id @NonNull @Description("The meter.") UUID deviceId,
        @Id @NonNull @Description("The service point.") UUID pointId,
        @Description("The last believed reading then, if there was one.") BigDecimal register,
        @NonNull @Description("清零前余额; where the meter counts it, by its last word.") BigDecimal before,
        @Description("清零后余额; absent until it is done.") BigDecimal after,
        @NonNull @Description("What became of what was left.") Remainder remainder,
        @Description("What is owed to the customer for it, in fen; absent until it is done.") Long refundFen,
        @NonNull @Description("Why.") String reason,
        @NonNull @Description("How far it is.") ClearState state,
        @Id @Description("The command that told the meter.") UUID commandId,
        @Id @Description("The bill that would have carried it to a next one, had the account not been closed.")
                UUID billId,
        @Id @Description("Its entry in the journal; absent when there was nothing to post.") UUID entryId,
        @NonNull @Description("When it was wanted.") Instant createdAt,
        @Description("When it was done, or failed.") Instant endedAt,
        @NonNull @Description("Who wanted it.") String byName,
        @Description("The receipt of what was paid out; absent while it is owed.") String receiptNo,
        @Description("When it was paid out.") Instant paidOutAt) {
    static MeterClearView of(Row row) {
        return new MeterClearView(
                row.getUUID("id"),
                row.getUUID("device_id"),
                row.getUUID("point_id"),
                row.getBigDecimal("register"),
                row.getBigDecimal("before"),
                row.getBigDecimal("after"),
                Remainder.valueOf(row.getString("remainder")),
                row.getLong("refund_fen"),
                row.getString("reason"),
                ClearState.valueOf(row.getString("state")),
                row.getUUID("command_id"),
                row.getUUID("bill_id"),
                row.getUUID("entry_id"),
                instant(row, "created_at"),
                instant(row, "ended_at"),
                row.getString("by_name"),
                row.getString("receipt_no"),
                instant(row, "paid_out_at"));
    }
}
