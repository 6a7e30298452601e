package cloud.wuye.notification;

import cloud.wuye.platform.Ids;
import cloud.wuye.platform.news.PersonNews;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.Page;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The messages of the running unit's company, and all SQL about them. Each question is one person's. */
final class Messages {
    /** Where counting the unread ends. */
    static final int COUNTED = 100;

    private static final String FROM = "SELECT " + MessageView.COLUMNS + " FROM message m";

    private static final String PUT =
            """
            INSERT INTO message (id, tenant_id, resident_id, staff, code, params, title_zh, title_en, body_zh, body_en,
                                 dedupe_key, created_at)
            SELECT r.id, $1, r.resident_id, r.staff, $5, $6, $7, $8, $9, $10, $11, $12
              FROM unnest($2::uuid[], $3::uuid[], $4::text[]) r(id, resident_id, staff)
            ON CONFLICT DO NOTHING""";

    private static final String READ = "UPDATE message m SET read_at = $2 WHERE m.id = ANY ($1) AND m.read_at IS NULL";

    private final SqlConnection connection;

    Messages(SqlConnection connection) {
        this.connection = connection;
    }

    Uni<Page<MessageView>> page(Recipient recipient, MessageFilterInput filter, Keyset order, PageInput page) {
        Select select = recipient.only(Select.of(FROM));
        if (filter.unread() != null) {
            select.where(filter.unread() ? "m.read_at is null" : "m.read_at is not null");
        }
        return select.page(connection, order, page, MessageView::of);
    }

    /** Those of these that are the recipient's, newest first. */
    Uni<List<MessageView>> own(Recipient recipient, Collection<UUID> ids) {
        return recipient
                .only(Select.of(FROM))
                .in("m.id", ids)
                .list(connection, "order by m.created_at desc, m.id desc", MessageView::of);
    }

    Uni<MyInboxView> inbox(Recipient recipient) {
        return recipient
                .only(Select.of("SELECT m.id FROM message m"))
                .where("m.read_at is null")
                .list(connection, "limit " + COUNTED, row -> row.getUUID("id"))
                .flatMap(unread -> page(
                                recipient, MessageFilterInput.NONE, MessageSort.CREATED_AT.keyset(), PageInput.first(1))
                        .map(newest -> new MyInboxView(
                                unread.size(),
                                newest.items().isEmpty() ? null : newest.items().get(0))));
    }

    /** Marks these as read; the caller has made sure whose they are. */
    Uni<Void> read(Collection<UUID> ids, Instant at) {
        return connection
                .preparedQuery(READ)
                .execute(Tuple.of(ids.toArray(UUID[]::new), at.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }

    /** Keeps one for each recipient, unless they have it already. */
    Uni<Void> put(UUID tenantId, PersonNews news, Instant at) {
        int residents = news.residents().size();
        int all = residents + news.staff().size();
        List<String> params = news.params();
        return connection
                .preparedQuery(PUT)
                .execute(Tuple.tuple()
                        .addUUID(tenantId)
                        .addArrayOfUUID(Stream.generate(Ids::next).limit(all).toArray(UUID[]::new))
                        .addArrayOfUUID(Stream.concat(
                                        news.residents().stream(),
                                        Stream.<UUID>generate(() -> null).limit(all - residents))
                                .toArray(UUID[]::new))
                        .addArrayOfString(Stream.concat(
                                        Stream.<String>generate(() -> null).limit(residents), news.staff().stream())
                                .toArray(String[]::new))
                        .addString(news.code().name())
                        .addArrayOfString(params.toArray(String[]::new))
                        .addString(news.code().titleZh(params))
                        .addString(news.code().titleEn(params))
                        .addString(news.code().bodyZh(params))
                        .addString(news.code().bodyEn(params))
                        .addString(news.dedupeKey())
                        .addOffsetDateTime(at.atOffset(ZoneOffset.UTC)))
                .replaceWithVoid();
    }
}
