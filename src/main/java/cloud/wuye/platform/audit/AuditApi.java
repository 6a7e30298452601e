package cloud.wuye.platform.audit;

import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.paging.Key;
import cloud.wuye.platform.paging.KeyType;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.Select;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The audit log's front door. */
@GraphQLApi
public class AuditApi {
    private static final Keyset NEWEST = Keyset.by(Key.desc("at", KeyType.INSTANT), Key.desc("id", KeyType.UUID));

    private final Db db;

    AuditApi(Db db) {
        this.db = db;
    }

    @Query
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description("Who did what to what, and why; newest first unless asked otherwise. Managers only.")
    public Uni<AuditEntryConnection> auditEntries(
            @Description("What to look for.") AuditFilterInput filter,
            @Description("DESC (the default): newest first.") SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        AuditFilterInput by = filter == null ? AuditFilterInput.NONE : filter;
        PageInput page = PageInput.of(first, after);
        return db.readSql(connection -> Select.of(
                                "select id, at, actor, actor_name, act, subject_type, subject_id, before::text, after::text, reason from audit_entry")
                        .eq("actor", by.actor())
                        .startsWith("act", by.act())
                        .eq("subject_type", by.subjectType())
                        .eq("subject_id", by.subjectId())
                        .between("at", by.at())
                        .page(connection, NEWEST.towards(direction), page, AuditEntryView::of))
                .map(AuditEntryConnection::new);
    }
}
