package cloud.wuye.tenant;

/** Where a property company stands. Only {@link #ACTIVE} ones may use the service. */
public enum TenantStatus {
    /** Its realm is being made; nobody can log in yet. */
    ONBOARDING,
    /** In service. */
    ACTIVE,
    /** Shut out for the time being: its tokens and its devices are refused, its data is kept. */
    SUSPENDED
}
