package cloud.wuye.device.broker;

import cloud.wuye.device.registry.DeviceChanged;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.time.Clock;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Finds the device behind a user name; remembers it for a moment, because a broker may ask about every topic. */
@ApplicationScoped
class KnownLogins {
    private static final String FIND =
            """
            select d.tenant_id, d.uid, d.device_class, d.lifecycle, c.hash
            from device d left join device_credential c on c.tenant_id = d.tenant_id and c.device_id = d.id
            where d.uid = $1""";

    private final Db db;
    private final Clock clock;
    private final BrokerConfig config;
    private final Map<String, Remembered> remembered;

    KnownLogins(Db db, Clock clock, BrokerConfig config) {
        this.db = db;
        this.clock = clock;
        this.config = config;
        this.remembered = new LinkedHashMap<>(256, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Remembered> eldest) {
                return size() > config.cacheSize();
            }
        };
    }

    private record Remembered(KnownLogin login, Instant until) {}

    /** What is known of this user name, {@link KnownLogin#NOBODY} when no device has it. */
    Uni<KnownLogin> find(String username) {
        synchronized (remembered) {
            Remembered known = remembered.get(username);
            if (known != null && clock.now().isBefore(known.until)) {
                return Uni.createFrom().item(known.login);
            }
        }
        return fresh(username);
    }

    /** The same, asked of the registry now: whoever was just thrown out must not come back through another replica. */
    Uni<KnownLogin> fresh(String username) {
        return db.acrossTenants(
                        "a broker asks about a login",
                        connection -> connection.preparedQuery(FIND).execute(Tuple.of(username)))
                .map(rows -> {
                    RowIterator<Row> found = rows.iterator();
                    return found.hasNext() ? KnownLogin.of(found.next()) : KnownLogin.NOBODY;
                })
                .invoke(login -> remember(username, login));
    }

    void forget(@Observes DeviceChanged changed) {
        synchronized (remembered) {
            remembered.remove(changed.uid());
        }
    }

    private void remember(String username, KnownLogin login) {
        synchronized (remembered) {
            remembered.put(username, new Remembered(login, clock.now().plus(config.cacheTtl())));
        }
    }
}
