package cloud.wuye.notification;

import cloud.wuye.platform.audit.Audit;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.live.Live;
import cloud.wuye.platform.live.Subscriptions;
import cloud.wuye.platform.paging.Keyset;
import cloud.wuye.platform.paging.ListSort;
import cloud.wuye.platform.paging.PageInput;
import cloud.wuye.platform.paging.SortDirection;
import cloud.wuye.platform.security.Caller;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import cloud.wuye.platform.time.Clock;
import io.smallrye.graphql.api.Subscription;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.eclipse.microprofile.graphql.DefaultValue;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** A person's own messages. Whose they are comes from the token alone. */
@GraphQLApi
public class MessageApi {
    private final Db db;
    private final Clock clock;
    private final Audit audit;
    private final CurrentCaller currentCaller;
    private final Recipients recipients;
    private final Subscriptions subscriptions;
    private final Live live;

    MessageApi(
            Db db,
            Clock clock,
            Audit audit,
            CurrentCaller currentCaller,
            Recipients recipients,
            Subscriptions subscriptions,
            Live live) {
        this.db = db;
        this.clock = clock;
        this.audit = audit;
        this.currentCaller = currentCaller;
        this.recipients = recipients;
        this.subscriptions = subscriptions;
        this.live = live;
    }

    @Query
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN, Roles.RESIDENT})
    @Description(
            "What the caller was told, newest first. RESIDENT_UNKNOWN for a resident's log-in that is not linked yet.")
    public Uni<MessageConnection> myMessages(
            @Description("Which messages.") MessageFilterInput filter,
            @DefaultValue("CREATED_AT") @Description("What to order by.") MessageSort sort,
            @Description(ListSort.DIRECTION) SortDirection direction,
            @DefaultValue(PageInput.DEFAULT) @Description(PageInput.FIRST) Integer first,
            @Description(PageInput.AFTER) String after) {
        MessageFilterInput by = filter == null ? MessageFilterInput.NONE : filter;
        Keyset order = ListSort.order(sort, MessageSort.CREATED_AT, direction);
        PageInput page = PageInput.of(first, after);
        Caller caller = currentCaller.get();
        return db.readSql(tx -> recipients.of(tx, caller).flatMap(me -> new Messages(tx).page(me, by, order, page)))
                .map(MessageConnection::new);
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN, Roles.RESIDENT})
    @Description(
            "Marks messages of the caller's as read, 200 at most, and gives them back; others' are as if they were not "
                    + "there. Doing it twice does it once.")
    public Uni<List<@NonNull MessageView>> markMessagesRead(
            @NonNull @Size(max = PageInput.LIMIT) @Description("Which.") List<@NonNull UUID> ids) {
        Caller caller = currentCaller.get();
        return db.writeSql(tx -> recipients.of(tx, caller).flatMap(me -> read(tx, caller, me, ids)));
    }

    @Subscription
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE, Roles.TECHNICIAN, Roles.RESIDENT})
    @Description(
            "The caller's messages at a glance, at once, and again whenever one comes or is read. Changes that come "
                    + "faster than they are taken are shown as one.")
    public Multi<MyInboxView> myInbox() {
        Caller caller = currentCaller.get();
        return subscriptions.each(
                Set.of(PutInBox.TOPIC),
                List.of(Recipient.box(caller.requireTenant(), caller.subject())),
                changed -> db.readSql(tx -> recipients.of(tx, caller).flatMap(me -> new Messages(tx).inbox(me)))
                        .map(List::of));
    }

    private Uni<List<MessageView>> read(SqlConnection tx, Caller caller, Recipient me, List<UUID> ids) {
        Messages messages = new Messages(tx);
        return messages.own(me, ids).flatMap(own -> {
            List<UUID> unread = own.stream()
                    .filter(message -> message.readAt() == null)
                    .map(MessageView::id)
                    .toList();
            return unread.isEmpty()
                    ? Uni.createFrom().item(own)
                    : messages.read(unread, clock.now())
                            .chain(() -> audit.record(
                                    tx,
                                    caller,
                                    "message.read",
                                    "Inbox",
                                    caller.subject(),
                                    null,
                                    Map.of("messages", unread),
                                    null))
                            .chain(() -> live.changed(
                                    tx,
                                    caller.requireTenant(),
                                    PutInBox.TOPIC,
                                    List.of(Recipient.box(caller.requireTenant(), caller.subject()))))
                            .chain(() -> messages.own(me, ids));
        });
    }
}
