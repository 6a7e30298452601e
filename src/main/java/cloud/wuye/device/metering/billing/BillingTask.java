package cloud.wuye.device.metering.billing;

import io.vertx.mutiny.sqlclient.Row;
import java.util.UUID;

/**
 * One account of a run that waits for its bill.
 *
 * @param asked how often its meter was asked for a reading
 */
record BillingTask(UUID tenantId, UUID runId, UUID pointId, int asked) {
    /** How it ends, or goes on. */
    enum State {
        WAITING,
        BILLED,
        NOTHING,
        SKIPPED
    }

    static BillingTask of(Row row) {
        return new BillingTask(
                row.getUUID("tenant_id"), row.getUUID("run_id"), row.getUUID("point_id"), row.getInteger("asked"));
    }
}
