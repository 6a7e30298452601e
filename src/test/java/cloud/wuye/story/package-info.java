/**
 * Whole tales, told through the product's own doors only: the packaged service, real Keycloak, real broker, real database,
 * simulated meters with credentials of their own.
 */
package cloud.wuye.story;
