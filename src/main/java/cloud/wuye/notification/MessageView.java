package cloud.wuye.notification;

import io.vertx.mutiny.sqlclient.Row;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** Something a person was told. */
@Type("Message")
@Description("Something the caller was told.")
public record MessageView(
        @Id @NonNull @Description("The id.") UUID id,
        @NonNull @Description("What it is about, e.g. `MOVED_IN`; for a client's icon, not for its words.") String code,
        @NonNull @Description("What fills the words.") List<@NonNull String> params,
        @NonNull @Description("The title.") BilingualText title,
        @NonNull @Description("The text.") BilingualText body,
        @NonNull @Description("When it happened.") Instant createdAt,
        @Description("When it was marked as read; absent: unread.") Instant readAt) {

    /** The columns that {@link #of(Row)} reads, of the alias {@code m}. */
    static final String COLUMNS =
            "m.id, m.code, m.params, m.title_zh, m.title_en, m.body_zh, m.body_en, m.created_at, m.read_at";

    static MessageView of(Row row) {
        OffsetDateTime read = row.getOffsetDateTime("read_at");
        return new MessageView(
                row.getUUID("id"),
                row.getString("code"),
                List.of(row.getArrayOfStrings("params")),
                new BilingualText(row.getString("title_zh"), row.getString("title_en")),
                new BilingualText(row.getString("body_zh"), row.getString("body_en")),
                row.getOffsetDateTime("created_at").toInstant(),
                read == null ? null : read.toInstant());
    }
}
