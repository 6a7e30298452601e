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

/** A difference, as clients see it. Money in fen. */
@Type("ReconciliationDifference")
@Description("Where a channel's bill and our books differ. Amounts are in fen.")
public record ReconciliationDifferenceView(
        @Id @NonNull @Description("The id.") UUID id,
        @NonNull @Description("Which channel.") ChannelKind channel,
        @NonNull @Description("Which day, in the channel's calendar.") LocalDate day,
        @NonNull @Description("How they differ.") DifferenceKind kind,
        @NonNull @Description("The channel's number of the payment; of a refund ours, or else the channel's.")
                String reference,
        @NonNull @Description("Our number of the attempt to pay, as the channel has it.") String number,
        @Id @Description("The order that it is about, if one of ours.") UUID orderId,
        @Description("What the channel says, 0 in another currency; absent when it has nothing.") Long channelFen,
        @Description("What we say, 0 in another currency; absent when we have nothing.") Long ownFen,
        @Description("The channel's word for where it stands.") String channelState,
        @Description("Ours.") String ownState,
        @NonNull @Description("When it was paid or given back.") Instant at,
        @NonNull @Description("Where the difference stands.") DifferenceState state,
        @NonNull @Description("When it was found.") Instant foundAt,
        @Description("When it was gone by itself.") Instant goneAt,
        @Description("How a person settled it.") DifferenceResolution resolution,
        @Description("That person's words.") String reason,
        @Description("Who that was.") String resolvedBy,
        @Description("When.") Instant resolvedAt) {
    static ReconciliationDifferenceView of(Row row) {
        String resolution = row.getString("resolution");
        return new ReconciliationDifferenceView(
                row.getUUID("id"),
                ChannelKind.valueOf(row.getString("channel")),
                row.getLocalDate("day"),
                DifferenceKind.valueOf(row.getString("kind")),
                row.getString("reference"),
                row.getString("number"),
                row.getUUID("order_id"),
                row.getLong("channel_fen"),
                row.getLong("own_fen"),
                row.getString("channel_state"),
                row.getString("own_state"),
                instant(row, "at"),
                DifferenceState.valueOf(row.getString("state")),
                instant(row, "found_at"),
                instant(row, "gone_at"),
                resolution == null ? null : DifferenceResolution.valueOf(resolution),
                row.getString("reason"),
                row.getString("resolved_by_name"),
                instant(row, "resolved_at"));
    }
}
