package cloud.wuye.payment.reconciliation;

import static cloud.wuye.platform.db.Columns.instant;

import cloud.wuye.payment.ChannelKind;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** A day of a channel, as clients see it. Money in fen. */
@Type("ReconciliationRun")
@Description("A day of a payment channel, held against our books. Amounts are in fen.")
public record ReconciliationRunView(
        @Id @NonNull @Description("The id.") UUID id,
        @NonNull @Description("Which channel.") ChannelKind channel,
        @NonNull @Description("Which day, in the channel's calendar.") LocalDate day,
        @NonNull @Description("How far it has come.") RunState state,
        @Description("What stopped it last; it is tried again by itself.") String problem,
        @Description("When it is tried next; absent when it is done.") Instant dueAt,
        @NonNull @Description("Payments in the channel's bill.") Integer channelPayments,
        @NonNull @Description("What they come to.") Long channelPaidFen,
        @NonNull @Description("Refunds in the channel's bill.") Integer channelRefunds,
        @NonNull @Description("What they come to.") Long channelRefundedFen,
        @NonNull @Description("Our payments of the day through the channel.") Integer ownPayments,
        @NonNull @Description("What they come to.") Long ownPaidFen,
        @NonNull @Description("Our refunds of the day through the channel.") Integer ownRefunds,
        @NonNull @Description("What they come to.") Long ownRefundedFen,
        @NonNull @Description("The channel's fee of the day, as the books hold it.") Long feeFen,
        @NonNull @Description("What the channel paid out to the bank.") Long paidOutFen,
        @Description("When its bills were fetched.") Instant fetchedAt,
        @Description("When it was done.") Instant doneAt) {
    static ReconciliationRunView of(Row row) {
        return new ReconciliationRunView(
                row.getUUID("id"),
                ChannelKind.valueOf(row.getString("channel")),
                row.getLocalDate("day"),
                RunState.valueOf(row.getString("state")),
                row.getString("problem"),
                instant(row, "due_at"),
                row.getInteger("bill_payments"),
                row.getLong("bill_paid_fen"),
                row.getInteger("bill_refunds"),
                row.getLong("bill_refunded_fen"),
                row.getInteger("own_payments"),
                row.getLong("own_paid_fen"),
                row.getInteger("own_refunds"),
                row.getLong("own_refunded_fen"),
                row.getLong("fee_fen"),
                row.getLong("paid_out_fen"),
                instant(row, "fetched_at"),
                instant(row, "done_at"));
    }
}
