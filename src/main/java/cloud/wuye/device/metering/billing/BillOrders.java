package cloud.wuye.device.metering.billing;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Which bills an order pays. */
@ApplicationScoped
class BillOrders {
    /**
     * A bill's part of an order.
     *
     * @param givenFen what of it stands as paid
     */
    record Part(UUID billId, long fen, long givenFen) {
        Part given(long left) {
            return new Part(billId, fen, left);
        }
    }

    Uni<Void> add(SqlConnection tx, UUID tenantId, UUID orderId, List<Part> parts) {
        return tx.preparedQuery(
                        "INSERT INTO meter_bill_order (tenant_id, order_id, bill_id, fen) VALUES ($1, $2, $3, $4)")
                .executeBatch(parts.stream()
                        .map(part -> Tuple.of(tenantId, orderId, part.billId, part.fen))
                        .toList())
                .replaceWithVoid();
    }

    /** The parts of an order, in the order of their bills' ids. */
    Uni<List<Part>> of(SqlConnection tx, UUID tenantId, UUID orderId) {
        return tx.preparedQuery(
                        "SELECT bill_id, fen, given_fen FROM meter_bill_order WHERE tenant_id = $1 AND order_id = $2 ORDER BY bill_id")
                .execute(Tuple.of(tenantId, orderId))
                .map(rows -> {
                    List<Part> parts = new ArrayList<>();
                    rows.forEach(row ->
                            parts.add(new Part(row.getUUID("bill_id"), row.getLong("fen"), row.getLong("given_fen"))));
                    return parts;
                });
    }

    Uni<Void> save(SqlConnection tx, UUID tenantId, UUID orderId, List<Part> parts) {
        return tx.preparedQuery(
                        "UPDATE meter_bill_order SET given_fen = $4 WHERE tenant_id = $1 AND order_id = $2 AND bill_id = $3")
                .executeBatch(parts.stream()
                        .map(part -> Tuple.of(tenantId, orderId, part.billId, part.givenFen))
                        .toList())
                .replaceWithVoid();
    }
}
