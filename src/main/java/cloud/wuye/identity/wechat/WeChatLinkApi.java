package cloud.wuye.identity.wechat;

import cloud.wuye.identity.resident.MyResidentView;
import cloud.wuye.identity.resident.ResidentView;
import cloud.wuye.identity.resident.Residents;
import cloud.wuye.platform.db.Db;
import cloud.wuye.platform.security.CurrentCaller;
import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.Mutation;
import org.eclipse.microprofile.graphql.Name;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;
import org.eclipse.microprofile.graphql.Source;

/** The GraphQL door to the company's mini-program and to who residents are in it. */
@GraphQLApi
public class WeChatLinkApi {
    private static final String CODE = "What `wx.login` gave just now; good once, for five minutes.";

    private final Db db;
    private final CurrentCaller currentCaller;
    private final WeChatApps apps;
    private final WeChatLinks links;
    private final ConfigureWeChatApp configure;
    private final LinkWeChat link;
    private final Residents residents;

    WeChatLinkApi(
            Db db,
            CurrentCaller currentCaller,
            WeChatApps apps,
            WeChatLinks links,
            ConfigureWeChatApp configure,
            LinkWeChat link,
            Residents residents) {
        this.db = db;
        this.currentCaller = currentCaller;
        this.apps = apps;
        this.links = links;
        this.configure = configure;
        this.link = link;
        this.residents = residents;
    }

    @Query
    @RolesAllowed(Roles.MANAGER)
    @Description("The company's mini-program; null when it is not configured.")
    public Uni<WeChatAppView> weChatApp() {
        return db.readSql(apps::find).map(found -> found == null ? null : WeChatAppView.of(found));
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.MANAGER)
    @Description("Puts the company's mini-program in place. With another appid, residents link their WeChat anew.")
    public Uni<WeChatAppView> configureWeChatApp(@NonNull @Valid @Description("Which.") ConfigureWeChatAppInput input) {
        return configure.configure(currentCaller.get(), input);
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.RESIDENT)
    @Description("绑定微信: says that the caller is whoever got this code in the company's mini-program; with it they pay"
            + " inside WeChat. Once; the same again changes nothing.")
    public Uni<MyResidentView> linkMyWeChat(
            @NonNull @NotBlank @Size(max = 256) @Description(CODE) String code,
            @Description("Whether another WeChat that is linked is to be forgotten. Absent: no.") Boolean replace) {
        return link.link(code, Boolean.TRUE.equals(replace)).map(MyResidentView::of);
    }

    @Mutation
    @NonNull
    @RolesAllowed(Roles.RESIDENT)
    @Description("解绑微信: the caller's WeChat is forgotten, if there is one.")
    public Uni<MyResidentView> unlinkMyWeChat() {
        return link.unlinkMine().map(MyResidentView::of);
    }

    @Mutation
    @NonNull
    @RolesAllowed({Roles.MANAGER, Roles.FINANCE})
    @Description("Forgets a resident's WeChat, for instance because somebody else has linked it to their own log-in.")
    public Uni<ResidentView> unlinkWeChat(
            @Id @NonNull @Description("Whose.") UUID id,
            @NonNull @NotBlank @Size(max = 500) @Description("Why; goes into the audit log.") String reason) {
        return link.unlink(id, reason).chain(() -> residents.byIds(List.of(id))).map(found -> found.get(id));
    }

    @Name("weChatSince")
    @Description("Since when their WeChat is linked; absent while it is not.")
    public Uni<List<Instant>> since(@Source List<ResidentView> of) {
        List<UUID> ids = of.stream().map(ResidentView::id).toList();
        return db.readSql(connection -> links.since(connection, ids))
                .map(found -> ids.stream().map(found::get).toList());
    }

    @Name("weChatSince")
    @Description("Since when the caller's WeChat is linked; absent while it is not.")
    public Uni<Instant> since(@Source MyResidentView me) {
        return db.readSql(connection -> links.since(connection, List.of(me.id())))
                .map(found -> found.get(me.id()));
    }
}
