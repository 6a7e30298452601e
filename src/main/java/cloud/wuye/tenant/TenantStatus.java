package cloud.wuye.tenant;

import org.eclipse.microprofile.graphql.Description;

/** Where a property company stands. Only {@link #ACTIVE} ones may use the service. */
@Description("Where a property company stands.")
public enum TenantStatus {
    /** Its realm is being made; nobody can log in yet. */
    @Description("Its realm is being made; nobody can log in yet.")
    ONBOARDING,
    /** In service. */
    @Description("In service.")
    ACTIVE,
    /** Shut out for the time being: its tokens and its devices are refused, its data is kept. */
    @Description("Shut out for the time being: its tokens and its devices are refused, its data is kept.")
    SUSPENDED
}
