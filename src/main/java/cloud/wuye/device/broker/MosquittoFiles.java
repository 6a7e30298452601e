package cloud.wuye.device.broker;

import cloud.wuye.device.registry.CredentialHash;
import cloud.wuye.platform.db.Db;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

/** The files from which a Mosquitto knows the devices, written in slices so that any number of devices fits. */
@ApplicationScoped
class MosquittoFiles {
    private static final int SLICE = 2_000;

    /** Only what may connect: whoever is disabled, retired, behind a gateway or of a suspended company is not there. */
    private static final String DEVICES =
            """
            select d.uid, d.device_class, t.code, c.hash
            from device d
            join tenant t on t.id = d.tenant_id and t.status = 'ACTIVE'
            join device_credential c on c.tenant_id = d.tenant_id and c.device_id = d.id
            where d.lifecycle in ('REGISTERED', 'ACTIVE') and d.uid > $1
            order by d.uid limit $2""";

    private static final String SERVICE =
            """
            user %s
            topic read pm/v1/+/+/+/up/#
            topic write pm/v1/+/+/+/down/#

            """;

    private static final String PATTERNS =
            """
            pattern write pm/v1/+/+/%u/up/#
            pattern read pm/v1/+/+/%u/down/#
            """;

    private final Db db;
    private final BrokerConfig config;

    MosquittoFiles(Db db, BrokerConfig config) {
        this.db = db;
        this.config = config;
    }

    Multi<String> passwords() {
        return head(service(config.servicePassword()
                        .map(password -> config.serviceUsername().orElse("") + ":"
                                + CredentialHash.of(password).text() + "\n")))
                .onCompletion()
                .switchTo(devices(row -> row.getString("uid") + ":" + row.getString("hash") + "\n"));
    }

    Multi<String> acl(boolean literal) {
        Multi<String> service = head(service(config.serviceUsername().map(SERVICE::formatted)));
        if (!literal) {
            return service.onCompletion().switchTo(Multi.createFrom().item(PATTERNS));
        }
        return service.onCompletion().switchTo(devices(row -> {
            TopicFence fence =
                    TopicFence.ofDevice(row.getString("code"), row.getString("device_class"), row.getString("uid"));
            return "user " + row.getString("uid") + "\ntopic write " + fence.publish() + "#\ntopic read "
                    + fence.subscribe() + "#\n";
        }));
    }

    private String service(Optional<String> line) {
        return config.serviceUsername().flatMap(name -> line).orElse("");
    }

    private static Multi<String> head(String text) {
        return Multi.createFrom().item(text).filter(line -> !line.isEmpty());
    }

    private Multi<String> devices(Function<Row, String> line) {
        AtomicReference<String> last = new AtomicReference<>("");
        return Multi.createBy()
                .repeating()
                .uni(() -> slice(last.get(), last, line))
                .until(List::isEmpty)
                .map(lines -> String.join("", lines));
    }

    private Uni<List<String>> slice(String after, AtomicReference<String> last, Function<Row, String> line) {
        return db.acrossTenants(
                        "a broker fetches the logins",
                        connection -> connection.preparedQuery(DEVICES).execute(Tuple.of(after, SLICE)))
                .map(rows -> {
                    List<String> lines = new ArrayList<>(rows.size());
                    for (Row row : rows) {
                        last.set(row.getString("uid"));
                        lines.add(line.apply(row));
                    }
                    return lines;
                });
    }
}
