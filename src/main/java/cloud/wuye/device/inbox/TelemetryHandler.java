package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.Payload;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import java.util.List;

/**
 * Takes in one kind of payload for the feature that owns it: readings, events, acknowledgements. A feature makes a bean of
 * this interface and the inbox finds it; a kind that no bean handles only moves the device's own state.
 *
 * <p>What a handler may rely on: every message comes from a device of the registry that may speak; the rows of the
 * devices are locked until the transaction ends, so two batches never hold the same device; messages of one device stand
 * in the order in which they came, which need not be the order in which they were made. Of events, acknowledgements and
 * requests each is handed over once for ever; of telemetry the same message may come again (the envelope's id is the same)
 * and must then change nothing.
 *
 * @param <P> the payload, or a sealed parent of several
 */
public interface TelemetryHandler<P extends Payload> {
    /** The payload it takes; a sealed parent stands for all its children. */
    Class<P> handles();

    /**
     * Stores the whole batch, best in one statement, inside the transaction of the inbox. Must not commit, and must not
     * call the outside world. A failure rolls the batch back; it is then halved until the one message that fails stands
     * alone and is parked as {@code HANDLER_REFUSED}.
     *
     * @return the messages it does not want, each with its reason; they are parked and the others stored
     */
    Uni<List<Refusal>> store(SqlConnection tx, List<Received<P>> batch);

    /** One message a handler does not want. */
    record Refusal(Received<?> message, String detail) {}
}
