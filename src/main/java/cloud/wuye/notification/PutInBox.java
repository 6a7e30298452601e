package cloud.wuye.notification;

import cloud.wuye.identity.resident.Resident;
import cloud.wuye.identity.resident.Residents;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.json.Json;
import cloud.wuye.platform.live.Live;
import cloud.wuye.platform.news.News;
import cloud.wuye.platform.news.PersonNews;
import cloud.wuye.platform.outbox.OutboxHandler;
import cloud.wuye.platform.outbox.OutboxMessage;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Carries news to the people they are for: a message each, once, and a hint to whoever of them is looking. */
@ApplicationScoped
class PutInBox implements OutboxHandler {
    /** The topic of hints about a letter box, see {@link Recipient#box}. */
    static final String TOPIC = "notification.inbox";

    private final Db db;
    private final Json json;
    private final Residents residents;
    private final Live live;

    PutInBox(Db db, Json json, Residents residents, Live live) {
        this.db = db;
        this.json = json;
        this.residents = residents;
        this.live = live;
    }

    @Override
    public String kind() {
        return News.IN_APP;
    }

    @Override
    public Uni<Void> deliver(OutboxMessage message) {
        PersonNews news = json.read(message.payload(), PersonNews.class);
        UUID tenant = message.tenantId();
        return db.forTenantSql(
                tenant, tx -> residents.byIds(tx, news.residents()).flatMap(known -> {
                    for (UUID id : news.residents()) {
                        if (!known.containsKey(id)) {
                            return Uni.createFrom().failure(new DoNotRetry("no resident of the company: " + id));
                        }
                    }
                    return new Messages(tx)
                            .put(tenant, news, message.createdAt())
                            .chain(() -> live.changed(tx, tenant, TOPIC, boxes(tenant, news, known.values())));
                }));
    }

    private static Set<UUID> boxes(UUID tenant, PersonNews news, Collection<Resident> known) {
        return Stream.concat(
                        news.staff().stream(),
                        known.stream().map(Resident::subject).filter(Objects::nonNull))
                .map(subject -> Recipient.box(tenant, subject))
                .collect(Collectors.toSet());
    }
}
