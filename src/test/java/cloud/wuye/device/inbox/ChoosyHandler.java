package cloud.wuye.device.inbox;

import cloud.wuye.device.contract.MeterEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes meters' events, but not those of the devices that a test names. */
@ApplicationScoped
public class ChoosyHandler implements TelemetryHandler<MeterEvent> {
    static final Set<UUID> NOT_NOW = ConcurrentHashMap.newKeySet();
    static final List<UUID> TAKEN = new CopyOnWriteArrayList<>();

    @Override
    public Class<MeterEvent> handles() {
        return MeterEvent.class;
    }

    @Override
    public Uni<List<Refusal>> store(SqlConnection tx, List<Received<MeterEvent>> batch) {
        List<Refusal> refusals = new ArrayList<>();
        for (Received<MeterEvent> each : batch) {
            if (NOT_NOW.contains(each.device().id())) {
                refusals.add(new Refusal(each, "not now"));
            } else {
                TAKEN.add(each.envelope().id());
            }
        }
        return Uni.createFrom().item(refusals);
    }
}
