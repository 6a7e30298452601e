package cloud.wuye.device.metering.billing;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import cloud.wuye.tariff.Commodity;
import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.util.UUID;

/**
 * A bill and how it stands. Each change is a method, and what its state does not allow is refused with ILLEGAL_STATE; its row is
 * locked while one runs. What the bill says never changes. Money in fen.
 */
final class MeterBill {
    final UUID tenantId;
    final UUID id;
    final String number;
    final UUID pointId;
    final UUID deviceId;
    final UUID customerId;
    final UUID debtorId;
    final Commodity commodity;
    final long payableFen;
    final Instant overdueAt;

    BillState state;
    long paidFen;
    long writtenOffFen;
    Instant settledAt;

    private MeterBill(Row row) {
        tenantId = row.getUUID("tenant_id");
        id = row.getUUID("id");
        number = row.getString("number");
        pointId = row.getUUID("point_id");
        deviceId = row.getUUID("device_id");
        customerId = row.getUUID("customer_id");
        debtorId = row.getUUID("debtor_id");
        commodity = Commodity.valueOf(row.getString("commodity"));
        payableFen = row.getLong("payable_fen");
        overdueAt = row.getOffsetDateTime("overdue_at").toInstant();
        state = BillState.valueOf(row.getString("state"));
        paidFen = row.getLong("paid_fen");
        writtenOffFen = row.getLong("written_off_fen");
        settledAt = row.getOffsetDateTime("settled_at") == null
                ? null
                : row.getOffsetDateTime("settled_at").toInstant();
    }

    static MeterBill of(Row row) {
        return new MeterBill(row);
    }

    /** What is left to be paid. */
    long openFen() {
        return state.unpaid() ? payableFen - paidFen : 0;
    }

    /** Whether it could take this payment. */
    boolean takes(long fen) {
        return fen > 0 && fen <= openFen();
    }

    /** Something is paid; an overdue bill stays so until it is paid in full. */
    void pay(long fen, Instant at) {
        if (!takes(fen)) {
            throw illegal();
        }
        paidFen += fen;
        if (paidFen == payableFen) {
            state = BillState.PAID;
            settledAt = at;
        } else if (state == BillState.ISSUED) {
            state = BillState.PARTLY_PAID;
        }
    }

    /** A payment is taken back: it stands as if that had not been paid. */
    void takeBack(long fen, Instant at) {
        if (state == BillState.WRITTEN_OFF || fen <= 0 || fen > paidFen) {
            throw illegal();
        }
        paidFen -= fen;
        settledAt = null;
        if (state == BillState.OVERDUE || !at.isBefore(overdueAt)) {
            state = BillState.OVERDUE;
        } else {
            state = paidFen == 0 ? BillState.ISSUED : BillState.PARTLY_PAID;
        }
    }

    /** Its time is over, grace included. */
    void overdue(Instant at) {
        if (!state.unpaid() || state == BillState.OVERDUE || at.isBefore(overdueAt)) {
            throw illegal();
        }
        state = BillState.OVERDUE;
    }

    /** What is left is given up; tells how much. */
    long writeOff(Instant at) {
        if (!state.unpaid()) {
            throw illegal();
        }
        writtenOffFen = openFen();
        state = BillState.WRITTEN_OFF;
        settledAt = at;
        return writtenOffFen;
    }

    private Problem illegal() {
        return new Problem(ProblemCode.ILLEGAL_STATE, null, state);
    }
}
