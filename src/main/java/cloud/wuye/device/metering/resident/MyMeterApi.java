package cloud.wuye.device.metering.resident;

import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** The GraphQL door for those who live with meters. */
@GraphQLApi
public class MyMeterApi {
    private final MyMeters meters;

    MyMeterApi(MyMeters meters) {
        this.meters = meters;
    }

    @Query
    @NonNull
    @Description("The caller's own meters, by number; 100 at most.")
    @RolesAllowed(Roles.RESIDENT)
    public Uni<List<@NonNull MyMeterView>> myMeters() {
        return meters.all();
    }
}
