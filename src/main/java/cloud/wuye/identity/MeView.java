package cloud.wuye.identity;

import cloud.wuye.platform.security.Caller;
import cloud.wuye.tenant.TenantView;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.Id;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Type;

/** The caller as a client shows it. */
@Type("Me")
@Description("Whoever sent this request, as their token says.")
public record MeView(
        @Id @NonNull @Description("The user's id; it never changes.") String subject,
        @NonNull @Description("The log-in name.") String username,
        @NonNull @Description("The name as people read it.") String name,
        @NonNull
                @Description(
                        "What the user may do: `manager`, `finance`, `technician`, `resident` or `platform-operator`.")
                List<@NonNull String> roles,
        @Description("The user's property company; absent for operators of the platform.") TenantView company) {

    static MeView of(Caller caller, String username, TenantView company) {
        return new MeView(
                caller.subject(),
                username,
                caller.name(),
                caller.roles().stream().sorted().toList(),
                company);
    }
}
