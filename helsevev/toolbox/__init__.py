"""The toolbox (verktøykassen): what a shared service costs and who pays; pathways, benefits and mini-HTA follow."""
