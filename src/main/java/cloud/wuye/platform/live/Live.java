package cloud.wuye.platform.live;

import cloud.wuye.platform.db.Notifications;
import cloud.wuye.platform.json.Json;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.operators.multi.processors.BroadcastProcessor;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * News for those who watch. What travels between replicas is only "these subjects changed"; the watcher's own fenced
 * query reads what they are now. So a lost or repeated hint can show something late or twice, never wrong and never to
 * a neighbour, and a burst of changes costs a slow watcher one read.
 */
@ApplicationScoped
public class Live {
    private static final Logger LOG = Logger.getLogger(Live.class);
    private static final int SUBJECTS_PER_HINT = 150;

    private final Notifications notifications;
    private final Json json;
    private final BroadcastProcessor<Change> changes = BroadcastProcessor.create();

    Live(Notifications notifications, Json json) {
        this.notifications = notifications;
        this.json = json;
    }

    /** What travels: subjects of one tenant under one topic. */
    @RegisterForReflection
    record Change(UUID tenant, String topic, List<UUID> subjects) {
        /** Hints may have been lost: everyone looks once. */
        static final Change EVERYTHING = new Change(null, null, List.of());
    }

    void start(@Observes StartupEvent event) {
        notifications
                .hints()
                .subscribe()
                .with(hint -> changes.onNext(read(hint)), failure -> LOG.error("live news ended", failure));
    }

    /** One that cannot be read, from a replica of another version, may be about anything. */
    private Change read(Notifications.Hint hint) {
        try {
            return hint.reconnected() ? Change.EVERYTHING : json.read(hint.payload(), Change.class);
        } catch (RuntimeException e) {
            LOG.warnf("a live hint cannot be read, everybody looks at everything: %s", e.toString());
            return Change.EVERYTHING;
        }
    }

    /**
     * Says that subjects changed. Call it after the commit ({@code Unit.afterCommit}); it returns at once and never
     * fails its caller.
     *
     * @param topic what about, e.g. {@code device.reading}
     */
    public void changed(UUID tenantId, String topic, Collection<UUID> subjects) {
        if (subjects.isEmpty()) {
            return;
        }
        changed(topic, Map.of(tenantId, subjects));
    }

    /**
     * The same for the subjects of several tenants, each with some, in one transaction: PostgreSQL commits those that notify
     * one at a time, and each wakes whoever listens.
     */
    public void changed(String topic, Map<UUID, ? extends Collection<UUID>> byTenant) {
        notifications
                .send(hints(topic, byTenant))
                .onFailure()
                .retry()
                .atMost(1)
                .subscribe()
                .with(sent -> {}, failure -> LOG.debugf("live hint lost: %s", failure.toString()));
    }

    /**
     * The same inside a transaction of the plain client, where there is no "after the commit" to wait for: it is told when the
     * transaction commits.
     */
    public Uni<Void> changed(SqlClient tx, String topic, Map<UUID, ? extends Collection<UUID>> byTenant) {
        return byTenant.isEmpty() ? Uni.createFrom().voidItem() : notifications.send(tx, hints(topic, byTenant));
    }

    /** The same for one tenant's subjects. */
    public Uni<Void> changed(SqlClient tx, UUID tenantId, String topic, Collection<UUID> subjects) {
        return changed(tx, topic, subjects.isEmpty() ? Map.of() : Map.of(tenantId, subjects));
    }

    /**
     * The subjects that changed, among those watched, from now on. A watcher that is slow gets the union of what changed
     * meanwhile. Begins with all of them at once, so that the first thing seen is what is.
     */
    public Multi<Set<UUID>> watch(UUID tenantId, Set<String> topics, Set<UUID> subjects) {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            Mailbox mailbox = new Mailbox(emitter);
                            // First listen, then look: a change in between would be missed the other way round.
                            var listening = changes.subscribe()
                                    .with(change -> mailbox.put(relevant(change, tenantId, topics, subjects)));
                            emitter.onTermination(listening::cancel);
                            emitter.onRequest(more -> mailbox.hand());
                            mailbox.put(subjects);
                        },
                        BackPressureStrategy.ERROR);
    }

    private static Set<UUID> relevant(Change change, UUID tenantId, Set<String> topics, Set<UUID> subjects) {
        if (change == Change.EVERYTHING) {
            return subjects;
        }
        if (!tenantId.equals(change.tenant()) || !topics.contains(change.topic())) {
            return Set.of();
        }
        Set<UUID> touched = new HashSet<>(change.subjects());
        touched.retainAll(subjects);
        return touched;
    }

    private List<String> hints(String topic, Map<UUID, ? extends Collection<UUID>> byTenant) {
        List<String> hints = new ArrayList<>();
        byTenant.forEach((tenantId, subjects) -> hints.addAll(hints(tenantId, topic, List.copyOf(subjects))));
        return hints;
    }

    private List<String> hints(UUID tenantId, String topic, List<UUID> subjects) {
        List<String> payloads = new ArrayList<>();
        for (int from = 0; from < subjects.size(); from += SUBJECTS_PER_HINT) {
            int to = Math.min(from + SUBJECTS_PER_HINT, subjects.size());
            payloads.add(json.write(new Change(tenantId, topic, subjects.subList(from, to))));
        }
        return payloads;
    }
}
