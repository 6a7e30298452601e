package cloud.wuye.device.inbox;

import cloud.wuye.platform.live.Live;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Tells watchers what devices did, after the commit. Gathers for a moment first: a device that sends ten messages is news
 * once, and the stream of readings costs few hints.
 */
@ApplicationScoped
public class DeviceNews {
    /** Live topic: connectivity, switch or reported state of these devices changed. */
    public static final String STATE = "device.state";
    /** Live topic: these meters have new readings. */
    public static final String READING = "device.reading";

    private static final long MOMENT_MILLIS = 250;

    private final Vertx vertx;
    private final Live live;
    /** By topic and company. */
    private Map<String, Map<UUID, Set<UUID>>> gathered = new HashMap<>();

    DeviceNews(Vertx vertx, Live live) {
        this.vertx = vertx;
        this.live = live;
    }

    void committed(Stored stored) {
        add(STATE, stored.changed());
        add(READING, stored.read());
    }

    /** Devices of any companies that changed under this topic. */
    void add(String topic, Collection<KnownDevice> devices) {
        if (devices.isEmpty()) {
            return;
        }
        synchronized (this) {
            if (gathered.isEmpty()) {
                vertx.setTimer(MOMENT_MILLIS, ignored -> tell());
            }
            Map<UUID, Set<UUID>> ofTopic = gathered.computeIfAbsent(topic, key -> new HashMap<>());
            for (KnownDevice each : devices) {
                ofTopic.computeIfAbsent(each.tenantId(), key -> new HashSet<>()).add(each.id());
            }
        }
    }

    private void tell() {
        Map<String, Map<UUID, Set<UUID>>> news;
        synchronized (this) {
            news = gathered;
            gathered = new HashMap<>();
        }
        news.forEach(live::changed);
    }
}
