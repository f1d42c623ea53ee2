// Draws the description of the REST paths. The validator that Swagger UI would ask is elsewhere:
// the page's policy forbids it, and our description is nobody else's business.
window.SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#root",
  validatorUrl: null,
  tryItOutEnabled: true,
  persistAuthorization: false,
  defaultModelsExpandDepth: -1,
});
