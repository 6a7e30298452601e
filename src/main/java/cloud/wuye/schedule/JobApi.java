package cloud.wuye.schedule;

import cloud.wuye.platform.security.Roles;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import java.util.List;
import org.eclipse.microprofile.graphql.Description;
import org.eclipse.microprofile.graphql.GraphQLApi;
import org.eclipse.microprofile.graphql.NonNull;
import org.eclipse.microprofile.graphql.Query;

/** What the platform operator sees of background work. */
@GraphQLApi
public class JobApi {
    private final JobRuns runs;

    JobApi(JobRuns runs) {
        this.runs = runs;
    }

    @Query
    @NonNull
    @RolesAllowed(Roles.PLATFORM_OPERATOR)
    @Description("Every background job with its latest run. Platform operators only.")
    public Uni<List<@NonNull JobRun>> jobs() {
        return runs.all();
    }
}
