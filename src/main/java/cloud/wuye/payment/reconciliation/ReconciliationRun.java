package cloud.wuye.payment.reconciliation;

import cloud.wuye.payment.ChannelKind;
import cloud.wuye.payment.order.PayBy;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;

/**
 * A day of a channel that is to be reconciled.
 *
 * @param day in the channel's calendar
 * @param tries how often it was tried in vain
 * @param feeFen what the books hold of the day's fee
 * @param feeEntries in how many entries
 */
record ReconciliationRun(
        UUID id,
        UUID tenantId,
        ChannelKind channel,
        LocalDate day,
        RunState state,
        int tries,
        long feeFen,
        int feeEntries) {
    static ReconciliationRun of(Row row) {
        return new ReconciliationRun(
                row.getUUID("id"),
                row.getUUID("tenant_id"),
                ChannelKind.valueOf(row.getString("channel")),
                row.getLocalDate("day"),
                RunState.valueOf(row.getString("state")),
                row.getInteger("tries"),
                row.getLong("fee_fen"),
                row.getInteger("fee_entries"));
    }

    /** The way to pay that its payments came by. */
    PayBy by() {
        return PayBy.through(channel);
    }

    Instant begins() {
        return day.atStartOfDay(channel.zone()).toInstant();
    }

    Instant ends() {
        return day.plusDays(1).atStartOfDay(channel.zone()).toInstant();
    }
}
