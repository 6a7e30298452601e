package cloud.wuye.platform.news;

import cloud.wuye.platform.outbox.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Tells people things, through the outbox: with the transaction that makes them true, or not at all. */
@ApplicationScoped
public class News {
    /** The outbox kind of what is told inside the program. */
    public static final String IN_APP = "notification.inapp";

    private final Outbox outbox;

    News(Outbox outbox) {
        this.outbox = outbox;
    }

    /** Tells something inside a {@code Db.write} or {@code Db.forTenant}. */
    public Uni<Void> tell(PersonNews news) {
        return outbox.put(IN_APP, key(news), news.dedupeKey(), news);
    }

    /** The same on a plain connection; call {@link #nudge()} once its transaction has committed, to be quick. */
    public Uni<Void> tell(SqlConnection tx, UUID tenantId, PersonNews news) {
        return outbox.put(tx, tenantId, IN_APP, key(news), news.dedupeKey(), news);
    }

    /** Has what was told carried at once instead of at the next look. */
    public void nudge() {
        outbox.nudge();
    }

    /** Its own for each: no news waits for another. */
    private static String key(PersonNews news) {
        return "news/" + news.dedupeKey();
    }
}
