package config

// pagerDuty checks where PagerDuty's webhooks come in.
func (c *checker) pagerDuty() {
	p := &c.cfg.PagerDuty
	p.Secret = c.secret("pagerduty.secret", &p.SecretFile)
	if p.Listen == "" {
		return
	}
	c.address("pagerduty.listen", p.Listen)
	if p.Secret.IsZero() && !c.faulty("pagerduty.secret_file") {
		c.fault("pagerduty.secret_file", "is missing; name the file that holds the webhook's secret, or set the environment variable %s", envName("pagerduty.secret"))
	}
}
